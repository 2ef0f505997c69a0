"""A greeting to somebody else, and a recipient whom the text is about: said where it is sure, else not."""

import pytest

from backend.domain.draft import BodyFormat, Mailbox, Recipient
from backend.domain.recipient import Concern
from backend.extraction.parts import extract_parts
from backend.recipients.greeting import greeted_names
from backend.recipients.text_doubts import with_text_doubts
from tests.backend.factories import draft
from tests.backend.recipients.judging_desk import judged, to

ANNA, KERSTIN, OMAR = "anna.berg@granvik.example", "kerstin.aberg@granvik.example", "omar.haddad@granvik.example"
LENA, OUTSIDER = "eva-lena.moberg@granvik.example", "bo.lind@example.se"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hej Anna!", ["Anna"]),
        ("\n\n  Hej Anna,\nhoppas du mår bra", ["Anna"]),
        ("Hej Anna Berg, hoppas du mår bra", ["Anna"]),
        ("Hej Anna, Bo och Lisa-Marie!\nx", ["Anna", "Bo", "Lisa-Marie"]),
        ("Hej Anna, Skrivaren är trasig", ["Anna"]),
        ("hej hej Bo", ["Bo"]),
        ("God morgon Anna & Bo", ["Anna", "Bo"]),
        ("Hej på dig Anna", ["Anna"]),
        ("Dear Bo,", ["Bo"]),
        ("Käre Ömer!", ["Ömer"]),
        ("Hej alla!", []),
        ("Hej kollegor!", []),
        ("Hej Rektorer!", []),
        ("Hejsan\nAnna", []),
        ("Hej! Anna är sjuk", []),
        ("Hej, Anna är sjuk", []),
        ("Hej Anna är sjuk i dag", []),
        ("Anna är sjuk", []),
        ("Heja Anna!", []),
        ("Hej Hoppas allt är bra", []),
        ("Hej " + "Anna " * 10_000, []),
        ("", []),
    ],
    ids=lambda value: str(value)[:30],
)
def test_greeting(text: str, names: list[str]) -> None:
    assert list(greeted_names(text)) == names


def _doubts(text: str, *recipients: str | tuple[str, str], **fields: object) -> set[Concern]:
    mailboxes = [Mailbox(*one) if isinstance(one, tuple) else Mailbox(one) for one in recipients]
    given = draft(text, **fields)  # type: ignore[arg-type]  # Draft's fields
    seen = with_text_doubts(judged(map(Recipient, mailboxes)), extract_parts(given))
    texts = {Concern.GREETING_DIFFERS, Concern.SPOKEN_OF}
    doubts = [*seen.doubts, *(doubt for one in seen.each for doubt in one.doubts)]
    return {doubt.concern for doubt in doubts} & texts


GREETINGS = [
    ("Hej Anna!", (ANNA,), False),
    ("Hej Anna!", (KERSTIN,), True),
    ("Hej Anna!", (KERSTIN, OMAR), True),
    ("Hej Anna!", (KERSTIN, ANNA), False),
    ("Hej Anna och Omar!", (ANNA,), True),
    ("Hej anna!", (KERSTIN,), False),
    ("Hej Kärstin!", (KERSTIN,), False),
    ("Hej Kerstin!", ("kerstin@example.se",), False),
    ("Hej Åsa!", ("asa.lind@example.se",), False),
    ("Hej Anna!", ("a.berg@example.se",), False),
    ("Hej Bosse!", (OUTSIDER,), False),
    ("Hej Kalle!", ("karl.lind@example.se",), False),
    ("Hej Micke!", ("mikael.lind@example.se",), False),
    ("Hej Lena!", (LENA,), False),
    ("Hej Fredde!", ("fredrik.lind@example.se",), False),
    ("Hej Anna!", (OUTSIDER,), True),
    ("Hej KÅ!", (KERSTIN,), False),
    ("Hej Barn och familj!", (KERSTIN,), False),
    ("Hej Kicki!", (KERSTIN,), False),
    ("Hej Pär!", ("per.lindgren@granvik.example",), False),
    ("Hej Bo!", ("per.lindgren@granvik.example",), True),
    ("Hej Anna!", (("x1@example.se", "Anna Lind"),), False),
    ("Hej Anna!", (("x1@example.se", "Bo Lind"),), True),
    # Nobody can tell who reads there.
    ("Hej Anna!", ("socialjouren@granvik.example",), False),
    ("Hej Anna!", ("barnochfamilj@granvik.example",), False),
    ("Hej Anna!", (KERSTIN, "registrator@granvik.example"), False),
    ("Hej Anna!", ("info@example.se",), False),
    ("Hej Anna!", (("info@example.se", "Bo Lind"),), True),
    ("Hej Anna!", (), False),
]


@pytest.mark.parametrize(("text", "recipients", "told"), GREETINGS)
def test_greeting_and_recipients(text: str, recipients: tuple[str | tuple[str, str], ...], *, told: bool) -> None:
    assert (Concern.GREETING_DIFFERS in _doubts(text, *recipients)) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kerstin Åberg har fått en varning.", True),
        ("Hej Kerstin Åberg!\nDu är kallad till möte.", False),
        ("Det gäller kerstin  åberg, som är sjuk.", True),
        ("Hej Kerstin! Du är kallad till möte.", False),
        ("Kerstin Åbergs man är sjuk.", False),
        ("Det gäller Anna Berg.", False),
        ("Vi ses.\n\nMed vänlig hälsning\nKerstin Åberg\nEnhetschef\n070-174 06 05", False),
        ("Se nedan.\n\n-----Ursprungligt meddelande-----\nFrån: Kerstin Åberg\nSkickat: i går\n\nHej", False),
    ],
)
def test_recipient_is_spoken_of(text: str, *, told: bool) -> None:
    assert (Concern.SPOKEN_OF in _doubts(text, KERSTIN)) is told


@pytest.mark.parametrize(
    ("telling", "told"),
    [(["Kerstin Åberg har fått en varning."], True), (["Anna Berg har fått en varning."], False), ([], False)],
)
def test_only_telling_sentences_count_where_they_are_known(telling: list[str], *, told: bool) -> None:
    parts = extract_parts(draft("Kerstin Åberg är handläggare. Hon har fått en varning."))
    (one,) = with_text_doubts(judged(to(KERSTIN)), parts, telling).each
    assert (Concern.SPOKEN_OF in {doubt.concern for doubt in one.doubts}) is told


def test_html_is_read_as_people_see_it() -> None:
    page = "<div><p>Hej&nbsp;<b>Anna</b>!</p><p>Det gäller <i>Kerstin</i> Åberg.</p></div>"
    assert _doubts(page, KERSTIN, body_format=BodyFormat.HTML) == {Concern.GREETING_DIFFERS, Concern.SPOKEN_OF}


def test_mailing_is_no_letter() -> None:
    many = to(*(f"namn{number}.lind@example.se" for number in range(51)))
    seen = judged(many)
    assert with_text_doubts(seen, extract_parts(draft("Hej Anna!"))) == seen
