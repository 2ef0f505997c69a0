"""Hostile input takes time in proportion to its length."""

import gc
import time
from collections.abc import Callable

import pytest

from backend.domain.draft import Draft
from backend.extraction.html_text import html_to_text
from backend.extraction.mail_headers import decode_header, mailboxes
from backend.extraction.parts import extract_parts

HTML = [
    *("<", ">", "<!--", '<a "', '<a x="', "<a x='\">", '<a x=">', "&#", "&#0", "&a", "&", "</", "<!", "<?", "<p>x"),
    *("<div>", "</div>", "<blockquote>", "<div id=divRplyFwdMsg>a:b:", "<div class=gmail_attr>x", "<style>"),
    *("<style></stylex>", "<pre>\n", "<td>a", "<hr>Från: a", "<img alt=b>", " \n", "a<b c=d e", "<![if", "<!-- --!>"),
]
PLAIN = [
    *("\n", ">\n", "> a\nb\n", "Från: x\n", "\nFrån: x\n\n", "Datum: 3\n", "Den 3\n", "skrev 3:\n", "/A\n", "Mvh\nA\n"),
    *("Mvh\n\n", "--\n", "Mvh\nA 070-174 06 05\n\n", "19000101-9801\nMvh\n", "Läs om hur vi behandlar\n"),
    *("_" * 30 + "\n", "-----a-----\n"),
]
HEADERS = ["=?", "=?a?q?", "=?utf-8?q?a?= ", "(", '"', "<", "a:", ",", "a <b@c>,", "\\"]


def seconds(call: Callable[[str], object], text: str) -> float:
    """The shortest of three runs, in the process's own time.

    Without the garbage collector: its time grows with all that other tests left behind, not with the text.
    """
    runs = []
    gc.disable()
    try:
        for _ in range(3):
            started = time.process_time()
            call(text)
            runs.append(time.process_time() - started)
    finally:
        gc.enable()
    return min(runs)


def assert_linear(call: Callable[[str], object], unit: str, length: int) -> None:
    gc.collect()
    once = twice = 0.0
    short, long = unit * (length // len(unit)), unit * (2 * length // len(unit))
    for _ in range(3):
        once = seconds(call, short)
        twice = seconds(call, long)
        # Below a hundredth of a second the clock and the caches decide.
        if twice <= max(2.6 * once, 0.01):
            return
    pytest.fail(f"{unit!r}: {once:.3f} s, twice as long: {twice:.3f} s")


@pytest.mark.slow
@pytest.mark.parametrize("unit", HTML)
def test_html(unit: str) -> None:
    assert_linear(html_to_text, unit, 150_000)


@pytest.mark.slow
@pytest.mark.parametrize("unit", PLAIN)
def test_plain_text(unit: str) -> None:
    # The marks at the end make the splitter look at every line.
    assert_linear(lambda text: extract_parts(Draft("", f"{text}\nskrev skickat")), unit, 60_000)


@pytest.mark.slow
@pytest.mark.parametrize("unit", HEADERS)
def test_headers(unit: str) -> None:
    assert_linear(decode_header, unit, 60_000)
    assert_linear(mailboxes, unit, 60_000)


def test_the_largest_html_of_one_character_is_read_in_seconds() -> None:
    assert seconds(html_to_text, "<" * 4_194_304) < 10


def test_fifty_thousand_nested_tags() -> None:
    read = html_to_text("<div>" * 50_000 + "Olle" + "</div>" * 50_000)
    assert read.text == "Olle"
