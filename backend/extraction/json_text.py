"""JSON text from outside, read so that nothing in it can crash the reader."""

import json
from typing import Any, NoReturn

from backend.domain.errors import InputTooLarge, UnreadableInput
from backend.extraction import codes
from backend.extraction.limits import MAX_JSON_BYTES


def load_object(text: str | bytes) -> dict[str, Any]:
    """The object that `text` holds. Bytes are UTF-8, or UTF-16/32 by their pattern; a byte order mark is skipped.

    Raises InputTooLarge (`draft_too_large`), UnreadableInput (`invalid_json`, `json_too_deep`, `invalid_draft` if it
    is no object). NaN, infinities and numbers of more than 4300 digits are not JSON here.
    """
    if len(text) > MAX_JSON_BYTES:
        raise InputTooLarge(codes.DRAFT_TOO_LARGE, f"{len(text)} > {MAX_JSON_BYTES}")
    try:
        decoded = text if isinstance(text, str) else text.decode(json.detect_encoding(text))
        document = json.loads(decoded.removeprefix("\ufeff"), parse_constant=_refuse_constant)
    except RecursionError:
        raise UnreadableInput(codes.JSON_TOO_DEEP, "nested too deeply") from None
    except json.JSONDecodeError as error:
        raise UnreadableInput(codes.INVALID_JSON, f"line {error.lineno} column {error.colno}") from None
    except (ValueError, MemoryError) as error:
        raise UnreadableInput(codes.INVALID_JSON, type(error).__name__) from None
    if not isinstance(document, dict):
        raise UnreadableInput(codes.INVALID_DRAFT, "not an object")
    return document


def _refuse_constant(_: str) -> NoReturn:
    msg = "not a JSON number"
    raise ValueError(msg)
