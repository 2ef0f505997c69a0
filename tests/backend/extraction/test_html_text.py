"""HTML to text with offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.extraction.html_text import html_to_text

TEXTS = [
    ("", ""),
    ("hej", "hej"),
    ("<p>Hej</p><p>då</p>", "Hej\ndå"),
    ("a<br>b<br><br>c", "a\nb\n\nc"),
    ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
    ("<p>a<br></p><p>b</p>", "a\nb"),
    ("  a \r\n\t b  ", "a b"),
    ("<b>a </b> <i> b</i>", "a b"),
    ("a<span> </span>b", "a b"),
    ("<p> a </p> <p> b </p>", "a\nb"),
    ("1900<b>0101</b>-9801", "19000101-9801"),
    ("a\u00a0&nbsp; b", "a\u00a0\u00a0 b"),
    ("<p class=MsoNormal>a<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p>b</p>", "a\n\u00a0\nb"),
    ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>d", "a\tb\nc\nd"),
    ("<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", "a\tb"),
    ("<table><tr><td>a<td>b<tr><td>c</table>", "a\tb\nc"),
    ("<table><tr><td></td><td>a</td></tr></table>", "a"),
    ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
    ("<pre>a\n  b\r\n\tc</pre>", "a\n  b\n\tc"),
    ("<pre>\na</pre>b", "a\nb"),
    ("<pre>a &amp; b</pre>", "a & b"),
    ("<div style='display:none'>dold</div>", "dold"),
    ("a<img alt='Bild p&aring; Olle'>b", "a Bild på Olle b"),
    ("<a href='mailto:x@example.se'>Olle</a>", "Olle"),
    # dropped
    ("<head><title>t</title><style>p{}</style></head><body>a</body>", "a"),
    ("<SCRIPT>a<b</Script >c", "c"),
    ("<style></stylex>a</style>b", "b"),
    ("<xml><w:View>Normal</w:View></xml>a", "a"),
    ("a<!-- b -->c", "ac"),
    ("a<!-->b<!--->c", "abc"),
    ("a<!-- b --!>c<!-- d -->e", "ace"),
    ("<!--[if gte mso 9]><xml>x</xml><p>b</p><![endif]-->a", "a"),
    ("<!--[if !mso]><!-->a<!--<![endif]-->b", "ab"),
    ("<![if !supportLists]>1.<![endif]>a", "1.a"),
    ("<?xml:namespace prefix = o />a", "a"),
    ("<!DOCTYPE html>a", "a"),
    ("a</>b</ x>c", "abc"),
    # not mark-up
    ("a < b och c > d", "a < b och c > d"),
    ("a<3", "a<3"),
    ("a<", "a<"),
    ("<<p>a", "<\na"),
    # never ends: hides nothing
    ("a<!-- b", "a<!-- b"),
    ("a<p class='x", "a<p class='x"),
    ("a<p class='x>b</p>c", "a\nb\nc"),
    ("a<style>b", "ab"),
    # quotes
    ('<a title="x > y">a</a>', "a"),
    ("<a title='\"'>a</a><b title=\"'\">c</b>", "ac"),
    ('<a ">a</a>', "a"),
    ("<a =x>a</a>", "a"),
    ('<a b=c"d>a', "a"),
    ('<p title = "x>y" >a', "a"),
    # references
    ("&aring;&Auml;&#246;&#xD6;", "åÄöÖ"),
    ("19&#48;0&#x30;101&#45;9801", "19000101-9801"),
    ("&aring &amp;amp; &ampx", "å &amp; &x"),
    ("&#0;&#xD800;&#x110000;&#99999999999;", "\ufffd\ufffd\ufffd\ufffd"),
    ("&#150;&#x80;", "–€"),
    ("&#;&#x;&;&x; & &", "&#;&#x;&;&x; & &"),
    ("&notit;", "¬it;"),
    ("a&#32;&#10;b", "a b"),
    ("İ<STYLE>x</STYLE>a", "İa"),
]


@pytest.mark.parametrize(("html", "text"), TEXTS)
def test_text(html: str, text: str) -> None:
    assert html_to_text(html).text == text


def test_offsets_lead_back_to_the_source() -> None:
    html = "<p>Hej  &aring;<b>sa</b>&nbsp;!</p>\r\n<p>Olle<br>Ek</p>"
    read = html_to_text(html)
    assert read.text == "Hej åsa\u00a0!\nOlle\nEk"
    for word in ("Hej", "sa", "!", "Olle", "Ek"):
        assert html.startswith(word, read.source.locate(read.text.index(word))), word
    assert html.startswith("&aring;", read.source.locate(read.text.index("å")))
    assert html.startswith("&nbsp;", read.source.locate(read.text.index("\u00a0")))
    assert html.startswith("<br>", read.source.locate(read.text.index("\nEk")))


def test_alternative_text_leads_back_to_the_attribute_of_its_own_image() -> None:
    html = "<img alt='Olle'>a<img alt='Olle'>"
    read = html_to_text(html)
    assert read.text == "Olle a Olle"
    assert read.source.locate(0) == html.index("Olle")
    assert read.source.locate(read.text.rindex("Olle")) == html.rindex("Olle")


FRAGMENTS = st.sampled_from(
    [
        *"<>&;#'\"=/! -xå\n\t0",
        *("<p>", "</p>", "<br>", "<td>", "<tr>", "<pre>", "</pre>", "<!--", "-->", "<style>", "</style>"),
        *("<blockquote>", "</blockquote>", "<div class=gmail_quote>", "</div>", "<hr>", "&nbsp;", "<img alt='x'>"),
        *("<a b='", "&amp;", "&#48;"),
    ]
)


@given(st.lists(FRAGMENTS, max_size=60).map("".join))
def test_anything_can_be_read_and_offsets_rise(html: str) -> None:
    read = html_to_text(html)
    places = [read.source.locate(offset) for offset in range(len(read.text))]
    assert places == sorted(places)
    assert all(0 <= place < len(html) for place in places)
    for offset, place in enumerate(places):
        shown = read.text[offset]
        assert html[place] == shown or html[place] in "&<\n\r\t " or shown in "\n\t ", (offset, place)
    for span in read.quoted:
        assert 0 <= span.start < span.end <= len(read.text)


@given(st.text(alphabet=st.characters(exclude_characters="<&", exclude_categories=["Cs"])))
def test_text_without_markup_only_loses_white_space(text: str) -> None:
    white = " \t\n\r\f"
    kept = "".join(character for character in text if character not in white)
    read = html_to_text(text).text
    assert "".join(character for character in read if character not in white) == kept
