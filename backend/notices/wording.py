"""Puts a notice into words: fixed sentences by kind, and a link. Nothing else of a request goes into a mail."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from backend.domain.draft import Mailbox
from backend.domain.notices import Letter, Notice, NoticeKind

WORDS = Path(__file__).parent.parent / "texts" / "notices.toml"


@dataclass(frozen=True, slots=True)
class KindWords:
    """The sentences of one kind of notice: Swedish, and the same in English."""

    subject: str
    sv: str
    en: str


class Wording:
    """The words of every kind, from TOML. Raises KeyError when a kind has none."""

    def __init__(self, words: Path = WORDS) -> None:
        document = tomllib.loads(words.read_text("utf-8"))
        self._frame: str = document["frame"]
        self._closing: dict[str, str] = {name: document[name] for name in ("closing_sv", "closing_en")}
        self.kinds = {kind: KindWords(**document["kind"][kind.value]) for kind in NoticeKind}

    def letter(self, notice: Notice, to: Mailbox, base_url: str) -> Letter:
        """The notice as a letter. `base_url` is where people reach the service, without a slash at its end.

        The Message-ID is made of the notice's id alone, and so the same at every try (RFC 5322, 3.6.4).
        """
        words = self.kinds[notice.kind]
        parts = {"sv": words.sv, "en": words.en, "link": link_to(notice, base_url)}
        host = (urlsplit(base_url).hostname or "localhost").encode("idna").decode()
        return Letter(
            message_id=f"<{notice.id}@{host}>",
            to=to,
            subject=words.subject,
            text=self._frame.format_map(parts | self._closing),
        )


def link_to(notice: Notice, base_url: str) -> str:
    """Where the request is seen by whoever may see it."""
    return f"{base_url.rstrip('/')}/pages/approvals/{notice.request_id}"
