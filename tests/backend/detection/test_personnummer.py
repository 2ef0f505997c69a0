"""Personnummer however they are written, and the numbers that only look like them. All valid ones are published."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.detection.personnummer import find_personnummer

TODAY = date(2026, 11, 21)
PUBLISHED = ("189001019802", "190001019801", "199909139801", "191202119986", "202402292383", "191401682396")

FOUND = [
    "19990913-9801",
    "990913-9801",
    "199909139801",
    "9909139801",
    "19990913 9801",
    "990913 9801",
    "19990913 - 9801",
    "1999-09-13-9801",
    "1999 09 13 9801",
    "99 09 13-9801",
    "99 09 13 - 9801",
    "1999 0913 9801",
    "1 9 9 9 0 9 1 3 9 8 0 1",
    "9 9 0 9 1 3 9 8 0 1",
    "1999.09.13-9801",
    "19990913\u00a09801",
    "19990913\u20099801",
    "19990913\u202f9801",
    "19990913–9801",
    "19990913—9801",
    "19990913−9801",
    "19990913\u20109801",
    "19990913\u20119801",
    "19990913\uff0d9801",
    "199909\u00ad13-9801",
    "1999\u200b0913-98\u200d01",
    "\u200f19990913-9801\u200e",
    "1999\u206009139801",
    "19990913-\n9801",
    "19990913\n-9801",
    "199909\n139801",
    "19990913\r\n-9801",
    "1999091=\n39801",
    "1999091=\r\n3-9801",
    "19990913&#45;9801",
    "19990913&nbsp;9801",
    "&#49;9990913-9801",
    "19990913&shy;-9801",
    "１９９９０９１３－９８０１",
    "١٩٩٩٠٩١٣-٩٨٠١",
    "900101+9802",
    "18900101-9802",
    "19140168-2396",
    "140168+2396",
    "140168-2396",
    "(19990913-9801)",
    "[990913-9801]",
    "pnr:19990913-9801",
    "pnr:199909139801",
    "Pnr.990913-9801",
    "personnummer=199909139801",
    "“19990913-9801”.",
    "19990913-9801, 1912-02-11-9986"[:13],
    "Orosanmälan_19990913-9801.pdf",
    "anna 19990913-9801.docx",
    "Journal 9909139801.pdf",
    "född 990913-9801 i Ronneby",
    "Elev: 20240229-2383",
    "Ring 070-174 06 05, pnr 19990913-9801",
    "Faktura 118 gäller personnr 990913-9801",
    "19990913-980 1"[:12] + "1",
    "\t19990913-9801\t",
    "|19990913-9801|",
]
"""Texts with exactly one number that must be found."""

INTERIM = [
    "19000101-T808",
    "Tf-nummer, personnummer 19990913-R123",
    "pnr 990913-K12\u00ad3",
    "elev 990913-U123",
    "interimsnummer 19990913-T999",
]

LOOK_ALIKE = [
    "€199909139801",
    "9909139801 kr",
    "mätarställning 9909139801",
    "KID 199909139801",
    "lösenkod 990913-9801",
    "perioden 990913-9801",
    "a9909139801",
    "070-174 06 05",
    "0701740605",
    "+46 70 174 06 05",
    "+46701740605",
    "0046701740605",
    "0457-61 80 00",
    "0141-22 50 00, 0141-22 50 01",
    "ring 0701740605 eller 08-123 456 78",
    "tel 9909139801",
    "mobil: 990913 9801",
    "2026-11-21 14:30:05",
    "202611211430",
    "20261121143005",
    "20261121T143005Z",
    "2026-11-21T14:30:05.123456",
    "mötet 20261121 1430-1530",
    "21/11 2026 kl 14.30-15.45",
    "1700000000",
    "1763735405123",
    "OCR 9909139801",
    "OCR-nummer: 199909139801",
    "faktura 9909139801",
    "Fakturanr 990913-9801",
    "bankgiro 5050-1055",
    "bg 991-2346, ocr 1234567897",
    "plusgiro 28 65 43-4",
    "SE45 5000 0000 0583 9825 7466",
    "IBAN SE3550000000054910000003",
    "4111 1111 1111 1111",
    "5555555555554444",
    "212000-0142",
    "org.nr 556036-0793",
    "organisationsnummer 202100-5489",
    "d41d8cd98f00b204e9800998ecf8427e",
    "9909139801ab",
    "a9909139801",
    "550e8400-e29b-41d4-a716-446655440000",
    "978-91-7000-150-3",
    "ISBN 9789170001503",
    "EAN 7310865004703",
    "ordernr 9909139801",
    "ref 990913-9801",
    "referens: 199909139801",
    "dnr KS 2024/00206",
    "Diarienummer 2026-000123-4",
    "ärende 9909139801",
    "59.3293235, 18.0685808",
    "N 6580822 E 674032",
    "version 1.12.0-9801",
    "10.0.19041.3803",
    "192.168.100.1:8080",
    "mätare 735999 110 123 456 789",
    "anläggningsid 735999109912345678",
    "991399-9801",
    "19991313-9801",
    "19990931-9801",
    "20230229-2383",
    "19990913-9802",
    "990913-9800",
    "20991231-9801",
    "17990913-9801",
    "19990913-0000",
    "990913-98011",
    "1990913-9801",
    "19990913-9801-12",
    "12-990913-9801-3",
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
    "2021 2022 2023 2024 2025 2026",
    "0 1 0 0 1 1 0 1 0 1 1 1 0 0 1",
    "artikel 199909139801",
    "kundnr 990913-9801",
    "serienr 990913-9801",
    "kolli 199909139801",
    "https://example.se/a/9909139801",
    "user9909139801@example.se",
    "9909139801@example.se",
    "20240115-K123",
    "dnr 20240115-T123",
    "19990913-B123",
    "19990913-****",
]


def test_number_glued_to_its_word_is_found() -> None:
    assert _numbers("personnummer199909139801") == [(12, 24)]


def _numbers(text: str) -> list[tuple[int, int]]:
    return [(number.start, number.end) for number in find_personnummer(text, TODAY) if number.valid]


@pytest.mark.parametrize("text", FOUND)
def test_number_is_found_once_with_its_digits(text: str) -> None:
    ((start, end),) = _numbers(text)
    assert text[start].isalnum() or text[start] == "&"
    assert text[end - 1].isalnum()


@pytest.mark.parametrize("text", INTERIM)
def test_interim_number_is_found(text: str) -> None:
    ((start, end),) = _numbers(text)
    assert sum(char.isalpha() for char in text[start:end]) == 1


@pytest.mark.parametrize("text", LOOK_ALIKE)
def test_look_alike_is_left_alone(text: str) -> None:
    assert _numbers(text) == []


def test_tables_hold_enough() -> None:
    assert len(set(FOUND)) >= 40
    assert len(set(LOOK_ALIKE)) >= 40


@pytest.mark.parametrize("text", ["personnummer 19990913-9802", "Personnr: 990913-9800"])
def test_wrong_number_beside_the_word_is_a_hint(text: str) -> None:
    assert [(number.valid, number.confidence) for number in find_personnummer(text, TODAY)] == [(False, 0.3)]


def test_several_numbers_in_one_line_are_told_apart() -> None:
    text = "19990913-9801 19120211-9986, 20240229-2383;19140168-2396\t19000101-9801"
    assert [text[start:end] for start, end in _numbers(text)] == [
        "19990913-9801", "19120211-9986", "20240229-2383", "19140168-2396", "19000101-9801",
    ]  # fmt: skip


def test_same_person_has_one_key() -> None:
    keys = {number.key for number in find_personnummer("19990913-9801 och 990913-9801", TODAY)}
    assert len(keys) == 1


def test_repr_hides_the_digits() -> None:
    (number,) = find_personnummer("19990913-9801", TODAY)
    assert "9913" not in repr(number).replace("start", "")
    assert "9801" not in repr(number)


_FRAMES = [("", ""), ("pnr ", "."), ("Gäller ", ", född"), ("(", ")"), ("a\n", "\nb"), ("å" * 70, "!")]


@st.composite
def _written(draw: st.DrawFn) -> tuple[str, str, str]:
    """What stands before a published number, the number in some scheme, and what stands after it."""
    number = draw(st.sampled_from(PUBLISHED))
    short = draw(st.booleans()) and not number.startswith("18")
    inner = draw(st.sampled_from(["", "-", " ", ".", "\u00a0"]))
    link = draw(st.sampled_from(["-", " - ", "–", "−", "\u2011", " ", "\u00a0", "\u2009", "-\n", "\n-", ""]))
    link = link or ("-" if inner else "")
    hidden = draw(st.sampled_from(["", "", "", "\u200b", "\u00ad", "\u2060", "\u200e"]))
    year = number[2:4] if short else number[:4]
    written = inner.join([year, number[4:6], number[6:8]]) + link + number[8:]
    dashed = not {"-", "–", "−", "\u2011"}.isdisjoint(link)
    # Ten bare digits and digits glued to a word may be a phone or a code: there the text has to say what they are.
    loose = _FRAMES[:-1] if link and not short else _FRAMES[1:2]
    before, after = draw(st.sampled_from(_FRAMES if dashed else loose))
    return before, written[:1] + hidden + written[1:], after


@given(_written())
def test_any_scheme_is_found_with_its_place(case: tuple[str, str, str]) -> None:
    before, written, after = case
    assert _numbers(before + written + after) == [(len(before), len(before) + len(written))]


@given(st.text(alphabet="0123456789-+ .:/\n\u00ad\u200b&#;=xTåe", max_size=120))
def test_offsets_lie_inside_and_begin_and_end_with_a_digit(text: str) -> None:
    previous = 0
    for number in find_personnummer(text, TODAY):
        assert previous <= number.start < number.end <= len(text)
        assert text[number.start].isdigit() or text[number.start] == "&"
        assert text[number.end - 1].isdigit() or text[number.end - 1] == ";"
        previous = number.end
