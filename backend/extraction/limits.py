"""How large a draft may be. Stated to callers; over them the answer is `draft_too_large` or `file_too_large`."""

from typing import Final

from backend.domain.draft import BodyFormat, Draft
from backend.domain.errors import InputTooLarge
from backend.extraction import codes

# Code points.
MAX_BODY_TEXT: Final = 1_048_576
MAX_BODY_HTML: Final = 4_194_304
MAX_SUBJECT: Final = 10_000
MAX_LOCATION: Final = 10_000
MAX_URL: Final = 10_000
MAX_ID: Final = 1_000
MAX_NAME: Final = 1_000
MAX_ADDRESS: Final = 1_000
# Numbers of things.
MAX_ATTACHMENTS: Final = 250
MAX_RECIPIENTS: Final = 5_000
# Bytes. Attachments count decoded and together; a file may hold them in base64.
MAX_ATTACHMENT_BYTES: Final = 25 * 1024 * 1024
MAX_FILE_BYTES: Final = MAX_ATTACHMENT_BYTES * 14 // 10
# A draft as JSON: the attachments in base64 and the text, some of it as \u escapes.
MAX_JSON_BYTES: Final = 64 * 1024 * 1024


def check_limits(draft: Draft) -> Draft:
    """`draft` itself. Raises InputTooLarge (`draft_too_large`) naming the field that is over its limit."""
    longest = MAX_BODY_HTML if draft.body_format is BodyFormat.HTML else MAX_BODY_TEXT
    size = sum(len(attachment.content or b"") for attachment in draft.attachments)
    for field, value, limit in (
        ("body", len(draft.body), longest),
        ("subject", len(draft.subject), MAX_SUBJECT),
        ("location", len(draft.location), MAX_LOCATION),
        ("attachments", len(draft.attachments), MAX_ATTACHMENTS),
        ("attachments", size, MAX_ATTACHMENT_BYTES),
        ("recipients", len(draft.recipients), MAX_RECIPIENTS),
    ):
        if value > limit:
            raise InputTooLarge(codes.DRAFT_TOO_LARGE, f"{field}: {value} > {limit}")
    return draft
