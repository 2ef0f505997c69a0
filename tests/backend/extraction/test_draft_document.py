"""Drafts as JSON."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from backend.domain.draft import (
    Attachment,
    BodyFormat,
    ComposeType,
    Draft,
    DraftKind,
    Mailbox,
    Recipient,
    RecipientRole,
)
from backend.domain.errors import CodedError
from backend.domain.label import Label
from backend.extraction.draft_document import DraftDocument, coded_error, parse_draft

LEAST = {"subject": "a", "body": "b"}
WHOLE: dict[str, Any] = {
    "id": "x-1",
    "kind": "appointment",
    "compose_type": "forward",
    "body_format": "html",
    "sender": {"address": "a@example.se", "name": "Å"},
    "recipients": [{"address": "b@example.se", "name": "B", "role": "optional"}, {"address": "c@example.se"}],
    "attachments": [
        "bara namn.pdf",
        {"name": "f.txt", "content_type": "text/plain", "inline": True, "content_base64": "aGVq\r\nIQ=="},
    ],
    "conversation_id": "c",
    "in_reply_to": "i",
    "label": "kanslig",
    "location": "Rum 2",
    "online_meeting_url": "https://teams.example/1",
    "start": "2025-05-14T08:00:00Z",
    "end": None,
}


def parse(fields: dict[str, Any], *, lenient: bool = False) -> Draft:
    return parse_draft(json.dumps({**LEAST, **fields}), lenient=lenient)


def code(text: str | bytes, *, lenient: bool = False) -> str:
    with pytest.raises(CodedError) as refused:
        parse_draft(text, lenient=lenient)
    return refused.value.code


def test_every_field() -> None:
    draft = parse(WHOLE)
    assert draft == Draft(
        subject="a",
        body="b",
        id="x-1",
        kind=DraftKind.APPOINTMENT,
        compose_type=ComposeType.FORWARD,
        body_format=BodyFormat.HTML,
        sender=Mailbox("a@example.se", "Å"),
        recipients=(
            Recipient(Mailbox("b@example.se", "B"), RecipientRole.OPTIONAL),
            Recipient(Mailbox("c@example.se"), RecipientRole.TO),
        ),
        attachments=(Attachment("bara namn.pdf"), Attachment("f.txt", "text/plain", inline=True, content=b"hej!")),
        conversation_id="c",
        in_reply_to="i",
        label=Label.KANSLIG,
        location="Rum 2",
        online_meeting_url="https://teams.example/1",
        start="2025-05-14T08:00:00Z",
    )


def test_unknown_keys_only_in_files() -> None:
    extra = {"x": 1, "recipients": [{"address": "a", "y": 2}], "attachments": [{"name": "n", "z": 3}]}
    assert parse(extra, lenient=True).recipients[0].mailbox.address == "a"
    assert code(json.dumps({**LEAST, **extra})) == "invalid_draft"


REFUSED = [
    ("", "invalid_json"),
    ("{", "invalid_json"),
    ("[" * 100_000, "json_too_deep"),
    ('{"a":' * 100_000, "json_too_deep"),
    (b"\xff\xfe\x00{", "invalid_json"),
    ('{"subject":"å"}'.encode("latin-1"), "invalid_json"),
    ("NaN", "invalid_json"),
    ('{"subject":"a","body":"b","start":NaN}', "invalid_json"),
    ('{"subject":"a","body":"b","start":' + "9" * 5000 + "}", "invalid_json"),
    ('{"subject":"a","body":"b","start":1e999}', "invalid_draft"),
    ("[]", "invalid_draft"),
    ("null", "invalid_draft"),
    ('"text"', "invalid_draft"),
    ("{}", "invalid_draft"),
    ('{"subject":null,"body":""}', "invalid_draft"),
    ('{"subject":1,"body":""}', "invalid_draft"),
    (json.dumps({**LEAST, "kind": "letter"}), "invalid_draft"),
    (json.dumps({**LEAST, "recipients": ["a@example.se"]}), "invalid_draft"),
    (json.dumps({**LEAST, "recipients": {}}), "invalid_draft"),
    (json.dumps({**LEAST, "attachments": "namn"}), "invalid_draft"),
    (json.dumps({**LEAST, "attachments": [1]}), "invalid_draft"),
    (json.dumps({**LEAST, "attachments": [{"name": "a", "content_base64": "å"}]}), "invalid_base64"),
    (json.dumps({**LEAST, "attachments": [{"name": "a", "content_base64": "a"}]}), "invalid_base64"),
    (json.dumps({**LEAST, "body": "x" * 1_048_577}), "draft_too_large"),
    (json.dumps({**LEAST, "body": "x" * 4_194_305, "body_format": "html"}), "draft_too_large"),
    (json.dumps({**LEAST, "subject": "x" * 10_001}), "draft_too_large"),
    (json.dumps({**LEAST, "id": "x" * 1001}), "draft_too_large"),
    (json.dumps({**LEAST, "attachments": ["a"] * 251}), "draft_too_large"),
    (json.dumps({**LEAST, "attachments": ["a" * 1001]}), "draft_too_large"),
    (json.dumps({**LEAST, "recipients": [{"address": "a"}] * 5001}), "draft_too_large"),
]


@pytest.mark.parametrize(("text", "expected"), REFUSED, ids=lambda value: str(value)[:40])
@pytest.mark.parametrize("lenient", [True, False])
def test_refused(text: str | bytes, expected: str, *, lenient: bool) -> None:
    assert code(text, lenient=lenient) == expected


def test_attachments_together() -> None:
    eight = "A" * (4 * 1024 * 1024 // 3 * 8 // 4 * 4)
    text = json.dumps({**LEAST, "attachments": [{"name": "a", "content_base64": eight}] * 4})
    assert code(text) == "draft_too_large"


def test_the_largest_html_body_is_taken() -> None:
    assert len(parse({"body": "x" * 4_194_304, "body_format": "html"}).body) == 4_194_304


def test_the_last_of_equal_keys_holds() -> None:
    assert parse_draft('{"subject":"a","subject":"c","body":""}', lenient=False).subject == "c"


def test_lone_surrogates_are_replaced_and_null_characters_kept() -> None:
    draft = parse_draft('{"subject":"a\\ud800\\udc00b\\udc00","body":"\\u0000x"}', lenient=False)
    assert (draft.subject, draft.body) == ("a\U00010000b\ufffd", "\0x")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_bytes(encoding: str) -> None:
    assert parse_draft('{"subject":"å","body":""}'.encode(encoding), lenient=False).subject == "å"


def test_errors_tell_the_place_and_never_the_value() -> None:
    document = {**LEAST, "hemlig 19000101-9801": 1, "recipients": [{"address": 19000101}]}
    with pytest.raises(ValidationError) as refused:
        DraftDocument.model_validate(document)
    error = coded_error(refused.value)
    assert "19000101" not in f"{error} {error!r} {refused.value}".replace("hemlig 19000101-9801", "")
    assert "19000101" not in str(error)
    assert "recipients.0.address: string_type" in error.detail


@given(st.text(alphabet=st.characters(codec=None)), st.text(alphabet=st.characters(codec=None)))
def test_texts_keep_their_length(subject: str, body: str) -> None:
    draft = DraftDocument.model_validate({"subject": subject[:10_000], "body": body}).to_draft()
    assert (len(draft.subject), len(draft.body)) == (len(subject[:10_000]), len(body))
    f"{draft.subject}{draft.body}".encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*DraftDocument.model_fields, "x"]), inner),
)


@given(JSON | st.binary().map(lambda raw: raw.decode("latin-1")), st.booleans())
def test_anything_gives_a_draft_or_a_code(document: object, lenient: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    try:
        parse_draft(document if isinstance(document, str) else json.dumps(document), lenient=lenient)
    except CodedError as error:
        assert error.code in {"invalid_json", "invalid_draft", "invalid_base64", "json_too_deep"}  # noqa: PT017 - it may also succeed
