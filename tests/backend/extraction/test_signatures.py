"""Where signatures are found, and where not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.extraction.signatures import find_signatures

CONTACT = (
    "Karin Ek\nBiståndshandläggare\nSocialförvaltningen\n\nExempelby kommun\nStorgatan 1\n123 45 Exempelby\n"
    "Tfn: 070-174 06 05\nkarin.ek@exempelby.example"
)
DISCLAIMER = "Så här behandlar vi dina personuppgifter: www.exempelby.example/gdpr\noch mer att läsa"
# Own text, the signature that follows it, and what follows that.
FOUND = [
    ("Hej\n\n", "Med vänlig hälsning\n\n" + CONTACT, ""),
    ("Hej\n\n", "Mvh\nKarin", ""),
    ("Hej\n", "/Karin", ""),
    ("Hej\n", "// Karin Ek, rektor", ""),
    ("Hej\n", "Mvh Karin på ÖF", "\n"),
    ("Hej\n", "Vänliga hälsningar,\nKarin Ek", "\n\nP.S. Olle har astma."),
    ("Hej\n", "Hälsningar\nKarin", "\nOlle har fått diabetes"),
    ("Hej\n", "Mvh\nKarin", "\n\nOBS! Olle får inte äta nötter"),
    ("Hej\n", "Mvh\nKarin", "\n\nAstma"),
    ("Hej\n", "Mvh\nKarin", "\n\nBilaga: läkarintyg"),
    ("Hej\n", "Mvh\nKarin", "\nDiagnos: astma"),
    ("Hej\n", "Mvh\nKarin", "\n19000101-9801"),
    (
        "Hej\n",
        f"Mvh\nKarin\n\n{DISCLAIMER}",
        "",
    ),
    ("Hej\n", "Best regards,\nKarin Ek\nCase officer", ""),
    ("Hej\n", "-- \nKarin Ek\n070-174 06 05", ""),
    ("Hej\n\n", "Skickat från min iPhone", "\n\nVill säga en sak till"),
    ("Hej\n\n", "Hämta Outlook för Android<https://aka.ms/x>", ""),
    ("> Hej\n", "> Mvh\n> Anna", "\nKarin"),
]
NOT_FOUND = [
    "Hej\n\nHälsningar till alla som har varit sjuka i veckan.",
    "Vänligen återkom senast fredag",
    "/karin",
    "/ eller så",
    "Hälsa Karin från mig",
    "//:",
    "- Mvh är en förkortning",
    "Mvhx",
    "",
]


@pytest.mark.parametrize(("before", "signature", "after"), FOUND)
def test_found(before: str, signature: str, after: str) -> None:
    text = before + signature + after
    assert [text[span.start : span.end] for span in find_signatures(text)] == [signature]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert find_signatures(text) == ()


def test_a_personnummer_splits_a_signature() -> None:
    text = "Mvh\nKarin Ek\nTfn 070-174 06 05, pnr 19000101-9801\nwww.example.se"
    assert [text[span.start : span.end] for span in find_signatures(text)] == ["Mvh\nKarin Ek", "www.example.se"]


def test_each_quoted_message_has_its_own() -> None:
    text = "Hej\nMvh\nAnna\n\nFrån: Bo\nSkickat: i går\n\nHej\n/Bo\n"
    assert [text[span.start : span.end] for span in find_signatures(text)] == ["Mvh\nAnna", "/Bo"]


LINES = st.sampled_from(
    [
        *("", "Mvh", "/Anna", "--", "Anna Ek", "19000101-9801", "070-174 06 05", "Hon är sjuk."),
        *("> Mvh", "> Bo", "Tänk på miljön", "\x1f", "*", "> \x1f", "/\x1f"),
    ]
)


@given(st.lists(LINES, max_size=30).map("\n".join))
def test_spans_rise_and_stay_apart(text: str) -> None:
    spans = find_signatures(text)
    borders = [border for span in spans for border in (span.start, span.end)]
    assert borders == sorted(borders)
    assert all(span.start < span.end <= len(text) for span in spans)
    assert not any("19000101" in text[span.start : span.end] or "sjuk" in text[span.start : span.end] for span in spans)
