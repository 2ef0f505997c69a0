"""What a request is about: keyed digests of what is forwarded and of what the sender wrote above it."""

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from backend.domain.draft import Attachment, BodyFormat, Draft
from backend.domain.part import Part
from backend.extraction.parts import extract_parts
from backend.workflow.record_keys import RecordKeys

_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class ForwardContent:
    """`content` and `own` are 64 hex digits. `own_draft` has the sender's own words alone."""

    content: str
    own: str
    own_draft: Draft = field(repr=False)


def content_of(draft: Draft, keys: RecordKeys, tenant: str, prefixes: Sequence[str]) -> ForwardContent:
    """The digests of a draft. Time is linear in its text.

    What is forwarded is the quoted history with the attachments; the whole body where there is no history. A mail is
    other content than a booking. Only words count, so that a line broken elsewhere changes nothing. `prefixes` of the
    subject ("vb") are no words of anybody.
    """
    texts = {part.id: part.text for part in _read(draft)}
    quoted, body = texts.get("quoted"), texts.get("body", "")
    files = sorted(map(_file, draft.attachments))
    forwarded = ["content", draft.kind.value, _words(body if quoted is None else quoted), *files]
    own_body = "" if quoted is None else body
    subject = _bare_subject(draft.subject, prefixes)
    own = ["own", _words(subject), _words(draft.location), _words(own_body)]
    own_draft = replace(draft, subject=subject, body=own_body, body_format=BodyFormat.TEXT, attachments=(), label=None)
    return ForwardContent(keys.content(tenant, json.dumps(forwarded)), keys.content(tenant, json.dumps(own)), own_draft)


def _read(draft: Draft) -> tuple[Part, ...]:
    return extract_parts(replace(draft, subject="", location="", attachments=()))


def _words(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold()
    return " ".join("".join(one if one.isalnum() else " " for one in plain).split())


def _file(attachment: Attachment) -> list[str]:
    if attachment.content is None:
        # Nothing else is known of it: another file of this name cannot be told apart. See docs/forwarding.md.
        kind = attachment.content_type.partition(";")[0].strip().casefold()
        return ["unknown", attachment.name.casefold(), kind]
    # Outlook numbers the pictures in a text anew whenever it likes.
    name = "" if attachment.inline else attachment.name.casefold()
    return ["known", name, hashlib.sha256(attachment.content).hexdigest()]


def _bare_subject(subject: str, prefixes: Sequence[str]) -> str:
    head, colon, rest = subject.strip().partition(":")
    while colon and head.strip().casefold() in prefixes:
        subject = rest.strip()
        head, colon, rest = subject.partition(":")
    return subject
