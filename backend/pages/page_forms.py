"""What comes in by a form, read with distrust."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from backend.domain.errors import CodedError

TOKEN_FIELD = "form_token"  # noqa: S105 - a field's name
MOST_FORM_BYTES = 400_000
LONGEST_COMMENT = 500
HOME = "/pages/approvals"
_LONGEST_PATH = 1000
_NOT_TO_RETURN_TO = ("/pages/sign", "/pages/static/")


def return_path(given: str) -> str:
    """Where to go after the sign-in: one of our own pages, whatever was asked for (no open redirect)."""
    # Browsers take a backslash for a slash and drop tabs and line breaks: nothing but plain characters.
    plain = given.isascii() and given.isprintable() and "\\" not in given and len(given) <= _LONGEST_PATH
    if not plain or not given.startswith("/pages/") or given.startswith(_NOT_TO_RETURN_TO):
        return HOME
    parts = urlsplit(given)
    inside = not parts.scheme and not parts.netloc and "%" not in parts.path
    return given if inside and not {".", ".."} & set(parts.path.split("/")) else HOME


def comment_of(given: str) -> str:
    """A comment without line ends of its own making and control characters. Raises CodedError (`comment_too_long`)."""
    lines = given.replace("\r\n", "\n").replace("\r", "\n").strip()
    comment = "".join(one for one in lines if one.isprintable() or one == "\n")
    if len(comment) > LONGEST_COMMENT:
        raise CodedError("comment_too_long", f"{len(comment)} characters")
    return comment


def chosen_of(given: Sequence[str], known: Sequence[str]) -> frozenset[str]:
    """The chosen ones of those that could be chosen; what else stands in the form does not count."""
    return frozenset(given) & frozenset(known)
