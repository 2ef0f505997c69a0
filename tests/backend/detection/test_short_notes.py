"""Notes that leave out who: rooms, single initials, a missing "jag", no capitals, a picture with a bare file name."""

from collections.abc import Callable
from datetime import date

import pytest

from backend.detection.engine import Detector
from backend.domain.detected import Detected
from backend.domain.label import Category
from backend.domain.part import Part, Span

Detect = Callable[..., Detected]


def _about(detected: Detected, category: Category) -> bool:
    return any(
        finding.about_person and finding.category is category and "absence_plain" not in finding.traits
        for finding in detected.findings
    )


SAID = [
    "Rum 6 fick inget insulin i kväll, blodsockret var 21.",
    "Ge insulin på rum 4 före frukost.",
    "Lgh 1101 har ramlat igen, höftfraktur misstänks.",
    "Kvinna, åter hem torsdag. Man, stroke i mars, åter hem fredag.",
    "Vill inte ladda upp intyget för det är cellgift kvar att ta.",
    "Vabbar i dag, scharlakansfeber nu.",
    "hej bup ringde. berit har BUP på torsdag",
]


@pytest.mark.parametrize("text", SAID)
def test_note_says_it_of_somebody(detect: Detect, text: str) -> None:
    assert _about(detect(text), Category.HEALTH)


def test_capitals_in_a_signature_do_not_hide_names_written_small(detector: Detector) -> None:
    text = "hej! berit har fått diabetes, kolla sockret\n\nSkickat från min iPhone"
    signature = Span(text.index("Skickat"), len(text))
    detected = detector.detect((Part("body", text, (signature,)),), date(2026, 11, 21))
    assert _about(detected, Category.HEALTH)


NOT_SAID = [
    "Kursen om insulin hålls i rum 6.",
    "Insulin förvaras i kylen i rum 4 på plan 2.",
    "Män, kvinnor och barn får stroke, läs mer på 1177.",
    "Har ni läst om stroke?",
    "Vill du läsa om cellgift finns en broschyr.",
]


@pytest.mark.parametrize("text", NOT_SAID)
def test_note_says_it_of_nobody(detect: Detect, text: str) -> None:
    assert not _about(detect(text), Category.HEALTH)


def test_one_initial_after_a_case_word_is_somebody(detect: Detect) -> None:
    assert _about(detect("Depression, uppföljning.", subject="Samtal med L. och sköterskan"), Category.HEALTH)


@pytest.mark.parametrize("subject", ["Samtal med B.", "Ärende B. och C.", "Plan B. Depression på arbetsmarknaden"])
def test_one_capital_says_nothing_by_itself(detect: Detect, subject: str) -> None:
    assert not _about(detect("Lokalen är bokad till klockan tio.", subject=subject), Category.HEALTH)


def _photo(detect: Detect, body: str, file: str) -> bool:
    return _about(detect(body, **{"attachment_name:0": file}), Category.PHOTO)


def test_the_mail_tells_what_a_bare_file_name_does_not(detect: Detect) -> None:
    assert _photo(detect, "Bifogar bilden på Tilda som vann tävlingen.", "IMG_2207.jpg")
    assert _photo(detect, "Här är gruppbilden till startsidan.", "DSC0041.JPG")


def test_a_picture_of_things_stays_one(detect: Detect) -> None:
    assert not _photo(detect, "Bifogar bilden på den trasiga rännan.", "IMG_2207.jpg")
    assert not _photo(detect, "Tilda skickar underlaget i morgon. Bilden visar rännan.", "ritning.png")
