"""Codes of what can be wrong with a draft or file. They are the contract; texts live in `backend/texts/errors.toml`."""

from typing import Final

# A draft as JSON.
INVALID_JSON: Final = "invalid_json"
JSON_TOO_DEEP: Final = "json_too_deep"
INVALID_DRAFT: Final = "invalid_draft"
DRAFT_TOO_LARGE: Final = "draft_too_large"
INVALID_BASE64: Final = "invalid_base64"

# A file.
FILE_NOT_FOUND: Final = "file_not_found"
FILE_UNREADABLE: Final = "file_unreadable"
FILE_TOO_LARGE: Final = "file_too_large"
UNKNOWN_FILE_TYPE: Final = "unknown_file_type"
EMPTY_FILE: Final = "empty_file"
ENCRYPTED_MESSAGE: Final = "encrypted_message"

# One kind of file.
BROKEN_EML: Final = "broken_eml"
BROKEN_MSG: Final = "broken_msg"
BROKEN_ICS: Final = "broken_ics"
MSG_BODY_UNREADABLE: Final = "msg_body_unreadable"
