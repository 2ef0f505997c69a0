"""Rarer ways of writing a personnummer, what only looks so, and characters that hide nothing. All are published."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.detection.personnummer import find_personnummer

TODAY = date(2026, 11, 21)
PUBLISHED = ("189001019802", "190001019801", "199909139801", "191202119986", "202402292383", "191401682396")

FOUND = [
    "org.nr 990913-9801 (enskild firma)",
    "Organisationsnummer: 990913-9801",
    "19990913_9801",
    "990913_9801",
    "1999_09_13_9801",
    "journal_19990913_9801.pdf",
    "99 09 13 - 98 01",
    "19 99 09 13 - 98 01",
    "19990913-98 01",
    "990913-98 01",
    "pnr 990913 98 01",
    "pnr 99 09 13 98 01",
    "19990913 - 98\u00a001",
    "1 9 9 9 0 9 1 3 - 9 8 0 1",
    "9 9 0 9 1 3 - 9 8 0 1",
    "990913--9801",
    "19990913 -- 9801",
    "19990913 — 9801",
    "personnr 99-0913-9801",
    "född 990913, fyra sista 9801",
    "född 990913 sista fyra 9801",
    "f. 990913, sista 4: 9801",
    "född 1999-09-13, sista fyra siffrorna är 9801",
    "födelsetid 19990913 kontrollsiffror 9801",
    "born 990913, last four 9801",
    "Barnets pnr: 20240229_2383",
    "SAMORDNINGSNUMMER 140168 - 23 96",
    "samordningsnr 19140168_2396",
    "pers.nr 19990913-9801",
    "Pers nr: 990913-9801",
    "p.nr 990913-9801",
    "p nr 9909139801",
    "person nr 990913-9801",
    "samordn.nr 19140168-2396",
    "Sam. nr 140168-2396",
    "pers.nummer 990913-9801",
    "pnr / tel: 990913-9801",
    "personnummer, inte telefon: 990913-9801",
    "tel 19990913-9801",
    "#19990913-9801",
    "<19990913-9801>",
    "&nbsp;19990913&ndash;9801&nbsp;",
]
LOOK_ALIKE = [
    "order.nr 990913-9801",
    "art nr 990913-9801",
    "kund.nr 990913-9801",
    "fakt.nr 990913-9801",
    "+46 990913-9801",
    "+46 990913 9801",
    "+358 990913-9801",
    "ring 990913-9801",
    "tel: 990913-9801",
    "Mobil 990913-9801",
    "telefonnummer 990913-98 01",
    "sms 990913-9801",
    "fax: 990913_9801",
    "IMG_20261121_1430.jpg",
    "protokoll_20161121_1238.docx",
    "bild_20240229_1238_2.png",
    "99 09 13 98 01",
    "06 12 34 56 78",
    "99-0913-9801",
    "9909 13-9801",
    "rum 990913, sista fyra 9802",
    "990913, fyra sista veckorna 2026",
    "född 990913, fyra syskon, 9801 Boden",
    "kortets fyra sista 9801",
    "IMG-20261121-1430.jpg",
    "99 09 13 - 98 02",
    "1 2 3 4 5 6 - 7 8 9 0",
]


def _numbers(text: str) -> list[tuple[int, int]]:
    return [(number.start, number.end) for number in find_personnummer(text, TODAY) if number.valid]


@pytest.mark.parametrize("text", FOUND)
def test_number_is_found_once(text: str) -> None:
    ((start, end),) = _numbers(text)
    assert text[start].isdigit()
    assert text[end - 1].isdigit()


@pytest.mark.parametrize("text", LOOK_ALIKE)
def test_look_alike_is_left_alone(text: str) -> None:
    assert _numbers(text) == []


_FORMATTING = [
    "\u00ad",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u200e",
    "\u202d",
    "&shy;",
    "&#8203;",
    "&zwnj;",
]
_LINKS = [
    "-",
    "–",
    "—",
    "\u2010",
    "\u2011",
    "\u2212",
    "&ndash;",
    "&#8211;",
    "&#x2011;",
    " - ",
    "\u00a0–\u00a0",
    "&nbsp;-&nbsp;",
]


@given(
    number=st.sampled_from(PUBLISHED),
    link=st.sampled_from(_LINKS),
    place=st.integers(1, 11),
    formatting=st.lists(st.sampled_from(_FORMATTING), max_size=3).map("".join),
)
def test_formatting_characters_hide_nothing(number: str, link: str, place: int, formatting: str) -> None:
    # Beside the link too: what a web page or a word processor leaves behind shows nothing to the reader.
    first, last = number[:8], number[8:]
    split = place - 8
    written = (
        first + link + last[:split] + formatting + last[split:]
        if split > 0
        else first[:place] + formatting + first[place:] + link + last
    )
    assert _numbers(f"Gäller {written}, tack") == [(7, 7 + len(written))]
