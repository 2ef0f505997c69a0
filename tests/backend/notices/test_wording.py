"""The words of notices: fixed by kind, in two languages, and with nothing in them but the link."""

import tomllib
from string import Formatter

import pytest

from backend.decision.policy import read_policy
from backend.domain.draft import Mailbox
from backend.domain.notices import NoticeKind
from backend.notices.wording import WORDS, Wording, link_to
from tests.backend.notices.letters import BASE_URL, KERSTIN, notice

WORDING = Wording()
LETTERS = {kind: WORDING.letter(notice(kind=kind), KERSTIN, BASE_URL) for kind in NoticeKind}
OTHER = Mailbox("tuva.lind@annan.example", "Tuva Lind")


@pytest.mark.parametrize("kind", NoticeKind)
def test_letter_holds_the_link_and_fixed_words(kind: NoticeKind) -> None:
    letter = LETTERS[kind]
    link = f"{BASE_URL}/pages/approvals/{'ab' * 16}"
    assert letter.text.splitlines().count(link) == 1
    other = WORDING.letter(notice(2, kind=kind, request_id="cd" * 16, sealed=b"x", error="y"), OTHER, BASE_URL)
    assert other.subject == letter.subject
    assert other.text == letter.text.replace(link, f"{BASE_URL}/pages/approvals/{'cd' * 16}")
    plain = (letter.subject + letter.text).replace(link, "")
    assert not any(one.isdigit() or one in "@{}<>" for one in plain)
    assert plain.isprintable() or set(plain) - {"\n"} == {one for one in plain if one.isprintable()}


def test_nothing_is_filled_in_but_link_and_words() -> None:
    document = tomllib.loads(WORDS.read_text("utf-8"))
    assert _fields(document.pop("frame")) == ["sv", "link", "closing_sv", "en", "closing_en"]
    assert [text for text in _texts(document) if _fields(text)] == []


def test_every_kind_has_words_and_no_other() -> None:
    assert set(tomllib.loads(WORDS.read_text("utf-8"))["kind"]) == {kind.value for kind in NoticeKind}


def test_outcomes_cannot_be_told_apart() -> None:
    """Whoever sees a mailbox's list, or a phone's lock screen, learns that there is an answer, and not which."""
    answers = (NoticeKind.REQUEST_APPROVED, NoticeKind.REQUEST_PARTLY_APPROVED, NoticeKind.REQUEST_REFUSED)
    assert len({(LETTERS[kind].subject, LETTERS[kind].text) for kind in answers}) == 1


def test_no_word_of_a_category_or_label() -> None:
    rules = read_policy("standard").rules
    names = {one.name for one in rules.label} | {code.value for code in rules.categories}
    words = {
        word.strip(".:,").lower() for letter in LETTERS.values() for word in (letter.subject + letter.text).split()
    }
    told = {word for name in names for word in name.lower().replace("_", " ").split() if len(word) > 3}
    assert words & (told | {"känslig", "känsligt", "sensitive", "sekretess", "personnummer", "mottagare"}) == set()


def test_message_id_is_of_the_notice_alone() -> None:
    ids = {
        WORDING.letter(notice(7, kind=kind), to, BASE_URL).message_id for kind in NoticeKind for to in (KERSTIN, OTHER)
    }
    assert ids == {f"<{7:032x}@sandkoll.granvik.example>"}


@pytest.mark.parametrize(
    ("base_url", "link", "host"),
    [
        ("https://sandkoll.example/", "https://sandkoll.example/pages", "sandkoll.example"),
        ("https://sandkoll.example:8443/a", "https://sandkoll.example:8443/a/pages", "sandkoll.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/pages", "127.0.0.1"),
        ("https://sändkoll.example", "https://sändkoll.example/pages", "xn--sndkoll-5wa.example"),
    ],
)
def test_where_people_reach_the_service(base_url: str, link: str, host: str) -> None:
    assert link_to(notice(), base_url) == f"{link}/approvals/{'ab' * 16}"
    assert WORDING.letter(notice(), KERSTIN, base_url).message_id == f"<{1:032x}@{host}>"


def _fields(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def _texts(document: object) -> list[str]:
    if isinstance(document, dict):
        return [text for part in document.values() for text in _texts(part)]
    assert isinstance(document, str)
    return [document]
