"""Own text told apart from quoted history.

The mails in `mails/` say themselves what is what: words like EGET1 are the writer's own, words like CITAT1 are quoted.
"""

from pathlib import Path

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.draft import BodyFormat, Draft
from backend.domain.part import Part, Span
from backend.extraction.parts import extract_parts
from backend.extraction.quoted_history import split_history

MAILS = sorted((Path(__file__).parent / "mails").iterdir())


def read(path: Path) -> tuple[str, dict[str, Part]]:
    source = path.read_bytes().decode("utf-8")
    body_format = BodyFormat.HTML if path.suffix == ".html" else BodyFormat.TEXT
    return source, {part.id: part for part in extract_parts(Draft("", source, body_format=body_format))}


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.name)
def test_own_and_quoted(path: Path) -> None:
    source, parts = read(path)
    quoted = parts["quoted"].text if "quoted" in parts else ""
    own, cited = set(re2.findall(r"EGET\d", source)), set(re2.findall(r"CITAT\d", source))
    assert set(re2.findall(r"EGET\d|CITAT\d", parts["body"].text)) == own
    assert set(re2.findall(r"EGET\d|CITAT\d", quoted)) == cited


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.name)
def test_offsets_lead_back_to_the_body(path: Path) -> None:
    source, parts = read(path)
    for part in parts.values():
        for found in re2.finditer(r"EGET\d|CITAT\d", part.text):
            assert source.startswith(found.group(), part.source.locate(found.start()))


@pytest.mark.parametrize("path", [path for path in MAILS if path.name.startswith("own_")], ids=lambda path: path.name)
def test_own_text_alone_is_left_whole(path: Path) -> None:
    source, parts = read(path)
    assert "quoted" not in parts
    if path.suffix == ".txt":
        assert parts["body"].text == source
        assert parts["body"].source.runs == ()


LINES = st.sampled_from(
    [
        *(
            "",
            "  ",
            "\u00a0",
            "Hej",
            "> a",
            ">> b",
            ">",
            "> 50",
            "Från: A <a@example.se>",
            "*Skickat:* den 3 maj 10:12",
        ),
        *("Till: B", "Ämne: C", "Datum: 3", "-----Ursprungligt meddelande-----", "_" * 20, "***", "Mvh", "Anna", "\r"),
        *("Den 3 maj 2025 kl 10:12 skrev A:", "Den 3 maj 2025 skrev A <", "a@example.se>:", "x\ry"),
    ]
)
BREAKS = st.sampled_from(["\n", "\r\n", "\r"])
TEXTS = st.builds(lambda mark, lines: str(mark.join(lines)), BREAKS, st.lists(LINES, max_size=25))
MARKS = st.lists(st.tuples(st.integers(0, 80), st.integers(1, 40)), max_size=4)


@given(TEXTS | st.text(), MARKS, st.lists(st.integers(0, 80)))
def test_every_character_lands_in_exactly_one_part(text: str, marks: list[tuple[int, int]], rules: list[int]) -> None:
    marked = sorted((Span(start, start + length) for start, length in marks), key=lambda span: span.start)
    own, quoted = split_history(text, marked, sorted(rules))
    places: list[int] = []
    for cut in (own, quoted) if quoted else (own,):
        kept = [offset for offset, character in enumerate(cut.text) if not character.isspace()]
        located = [cut.source.locate(offset) for offset in kept]
        assert located == sorted(located)
        assert [text[place] for place in located] == [cut.text[offset] for offset in kept]
        places += located
    assert sorted(places) == [place for place, character in enumerate(text) if not character.isspace()]
    if quoted is None:
        assert own.text == text
