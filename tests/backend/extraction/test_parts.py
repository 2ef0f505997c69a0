"""A draft as parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.draft import Attachment, BodyFormat, Draft
from backend.domain.errors import InputTooLarge
from backend.domain.part import Part
from backend.extraction.parts import extract_parts


def test_the_order_of_parts() -> None:
    draft = Draft(
        subject="Möte",
        body="Hej\n\n> Citat\n> mer",
        location="Rum 2",
        attachments=(Attachment("a.pdf"), Attachment(" "), Attachment("b.pdf")),
    )
    names = ["subject", "body", "quoted", "location", "attachment_name:0", "attachment_name:2"]
    assert [part.id for part in extract_parts(draft)] == names


def test_only_the_body_is_there_without_text() -> None:
    assert extract_parts(Draft("", "")) == (Part("body", ""),)


def test_signatures_are_counted_in_the_part() -> None:
    body = "Svar\n\n/Anna\n> Fråga\n> mer\nNej\n/Anna"
    part = extract_parts(Draft("", body))[0]
    assert [part.text[span.start : span.end] for span in part.signatures] == ["/Anna", "/Anna"]
    assert [body[part.source.locate(span.start) :][:5] for span in part.signatures] == ["/Anna", "/Anna"]


def test_an_answer_between_quotes_does_not_continue_a_signature() -> None:
    part = extract_parts(Draft("", "Svar\n/Anna\n> Vad har han?\nAstma\n> Sedan när?\nJuni"))[0]
    assert part.text == "Svar\n/Anna\nAstma\nJuni"
    assert [part.text[span.start : span.end] for span in part.signatures] == ["/Anna"]


def test_html_with_more_text_than_a_plain_body_may_hold() -> None:
    with pytest.raises(InputTooLarge) as refused:
        extract_parts(Draft("", "x" * 1_048_577, body_format=BodyFormat.HTML))
    assert refused.value.code == "draft_too_large"


def test_no_text_in_repr() -> None:
    assert "Olle" not in repr(extract_parts(Draft("Olle", "Olle\n> Olle\n> Olle\n/Olle")))


@given(st.text(alphabet=st.characters(exclude_characters=">", exclude_categories=["Cs"])))
def test_a_plain_body_is_not_changed(body: str) -> None:
    part = next(part for part in extract_parts(Draft("", body)) if part.id == "body")
    if len(extract_parts(Draft("", body))) == 1:
        assert part.text == body
        assert part.source.runs == ()
