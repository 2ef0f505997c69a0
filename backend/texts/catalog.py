"""The product's own sentences: Swedish first. Every stable code has its text here or in a policy or rule file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from backend.domain.errors import CodedError
from backend.domain.reason import ReasonWords
from backend.domain.recipient import RecipientWords

TEXTS_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ErrorText:
    """How an error code is told: HTTP status, and a sentence that says what to do."""

    status: int
    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Texts:
    """All sentences, by code."""

    errors: Mapping[str, ErrorText]
    messages: Mapping[str, str]
    explanations: dict[str, str]
    command_line: Mapping[str, str]
    parts: Mapping[str, str]
    help: Mapping[str, str]
    reasons: ReasonWords
    recipients: RecipientWords

    def error(self, code: str) -> ErrorText:
        """Text and status of an error code; unknown codes are told as `internal_error`."""
        return self.errors.get(code) or self.errors["internal_error"]

    def told(self, error: CodedError) -> str:
        """The Swedish sentence for an error."""
        return self.error(error.code).sv

    def message(self, code: str, **words: str) -> str:
        """A sentence with its words filled in. Raises KeyError for an unknown code or a missing word."""
        return self.messages[code].format_map(words)


def read_texts(folder: Path = TEXTS_FOLDER) -> Texts:
    """All sentences from `*.toml` in the folder."""
    errors = tomllib.loads((folder / "errors.toml").read_text("utf-8"))
    messages = tomllib.loads((folder / "messages.toml").read_text("utf-8"))
    reasons = tomllib.loads((folder / "reasons.toml").read_text("utf-8"))
    recipients = tomllib.loads((folder / "recipients.toml").read_text("utf-8"))
    return Texts(
        errors={code: ErrorText(**entry) for code, entry in errors.items()},
        messages=messages["messages"],
        explanations=messages["explanations"],
        command_line=messages["command_line"],
        parts=messages["parts"],
        help=messages["help"],
        reasons=ReasonWords(**{**reasons, "numbers": tuple(reasons["numbers"])}),
        recipients=RecipientWords(**{group: _pairs(pairs) for group, pairs in recipients.items()}),
    )


def _pairs(group: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, str]]:
    return {code: (pair["sv"], pair["en"]) for code, pair in group.items()}
