"""What the file directory says of an address, and how it follows its file."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from backend.directory.file_directory import FileDirectory
from backend.domain.directory import NotTold
from tests.backend.directory.exports import CALLER, ask, csv_directory

PEOPLE = (
    "kind,address,aliases,name\n"
    "person,Anna.Berg@Granvik.example,annab@granvik.example,Anna Berg\n"
    "person,anna.bergh@granvik.example,,Anna Bergh\n"
    "person,bo@skola.granvik.example,,Bo Ek\n"
    "contact,eva@konsult.example,,Eva Dahl\n"
    "person,info@åmål.example,,Åsa Öst\n"
)
FOUND = [
    ("anna.berg@granvik.example", "Anna Berg"),
    (" ANNA.BERG@GRANVIK.EXAMPLE ", "Anna Berg"),
    ("annab@granvik.example", "Anna Berg"),
    ("bo@skola.granvik.example", "Bo Ek"),
    ("eva@konsult.example", "Eva Dahl"),
    ("info@åmål.example", "Åsa Öst"),
    ("info@xn--ml-xiab.example", "Åsa Öst"),
]
ABSENT = [
    "bo@granvik.example",
    "anna.berg@skola.granvik.example",
    "anna.berg@granvik.example.evil.example",
    "anna.berg@gränvik.example",
    "аnna.berg@granvik.example",
    "anna.berg@konsult.example",
    "someone@example.se",
    "o'neil+work@example.se",
]
NO_ADDRESS = [
    *("", " ", "@", "anna.berg", "@granvik.example", "anna.berg@", "anna.berg@granvik.example@evil.example"),
    *("evil@evil.example, anna.berg@granvik.example", "<anna.berg@granvik.example>", "anna.berg@granvik.example\0"),
    *(
        "anna berg@granvik.example",
        "/O=GRANVIK/OU=X/CN=ANNA",
        f"{'a' * 400}@granvik.example",
        "a\u202e@granvik.example",
    ),
]


@pytest.fixture
def directory(tmp_path: Path) -> FileDirectory:
    return csv_directory(tmp_path, PEOPLE)


@pytest.mark.parametrize(("key", "name"), FOUND)
def test_found(key: str, name: str, directory: FileDirectory) -> None:
    answer = ask(directory, key)
    assert {asked: entry.name for asked, entry in answer.entries.items()} == {key: name}
    assert (answer.absent, answer.not_told) == (frozenset(), {})


@pytest.mark.parametrize("key", ABSENT)
def test_absent(key: str, directory: FileDirectory) -> None:
    answer = ask(directory, key)
    assert answer.absent == {key}
    assert (len(answer.entries), len(answer.not_told)) == (0, 0)


@pytest.mark.parametrize("key", NO_ADDRESS)
def test_no_address(key: str, directory: FileDirectory) -> None:
    answer = ask(directory, key)
    assert (len(answer.entries), len(answer.absent)) == (0, 0)
    assert answer.not_told == {key: NotTold.NOT_AN_ADDRESS}


def test_every_key_stands_in_one_place(directory: FileDirectory) -> None:
    keys = [key for key, _ in FOUND] + ABSENT + NO_ADDRESS
    answer = ask(directory, *keys, *keys)
    assert sorted([*answer.entries, *answer.absent, *answer.not_told]) == sorted(keys)
    assert "granvik" not in f"{answer!r}{directory.known_entries()!r}"


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("anna.berg@granvik.example", ["Anna Bergh"]),
        ("annab@granvik.example", ["Anna Bergh"]),
        ("bo@skola.granvik.example", []),
        ("anna.breg@granvik.example", ["Anna Berg", "Anna Bergh"]),
        ("bo.ek@skola.granvik.example", ["Bo Ek"]),
        ("anna.breg@example.se", []),
        ("anna.breg", []),
    ],
)
def test_near(key: str, near: list[str], directory: FileDirectory) -> None:
    answer = ask(directory, key)
    assert [one.name for one in answer.near.get(key, ())] == near


def test_own_domains_are_those_of_people_unless_given(directory: FileDirectory, tmp_path: Path) -> None:
    assert directory.domains == {"granvik.example", "skola.granvik.example", "xn--ml-xiab.example"}
    assert csv_directory(tmp_path, PEOPLE, "Granvik.example", "åmål.example").domains == {
        "granvik.example",
        "xn--ml-xiab.example",
    }


def test_empty_directory_vouches_for_nobody(tmp_path: Path) -> None:
    empty = csv_directory(tmp_path, "address,name\n")
    assert ask(empty, "a@example.se", "x").not_told == dict.fromkeys(["a@example.se", "x"], NotTold.NO_DIRECTORY)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


BO, EVA = "address\nbo@granvik.example\n", "address\neva@granvik.example\n"


def _write(path: Path, text: str | None, seconds: int) -> None:
    if text is None:
        path.unlink()
        return
    path.write_text(text, encoding="utf-8")
    os.utime(path, (seconds, seconds))


@pytest.mark.parametrize(
    ("text", "later", "known", "codes"),
    [
        (EVA, 31, "eva@granvik.example", []),
        (EVA, 29, "bo@granvik.example", []),
        ("address\nhemlig\n", 31, "bo@granvik.example", ["directory_invalid"]),
        ("address\n\udcff", 31, "bo@granvik.example", ["directory_unreadable"]),
        (None, 31, "bo@granvik.example", ["directory_unreadable"]),
    ],
    ids=["changed", "changed just now", "invalid", "unreadable", "gone"],
)
def test_changed_file_is_read_anew(
    text: str | None, later: float, known: str, codes: list[str], tmp_path: Path
) -> None:
    clock, path = Clock(), tmp_path / "people.csv"
    _write(path, BO, 1)
    directory = FileDirectory(path, clock=clock)
    if text and not text.isascii():
        path.write_bytes(text.encode(errors="surrogateescape"))
    else:
        _write(path, text, 2)
    with capture_logs() as logs:
        for step in range(3):
            clock.now = later + step * 0.1
            assert set(ask(directory, known).entries) == {known}
    assert [(log["event"], log["code"]) for log in logs] == [("directory_not_reloaded", code) for code in codes]
    assert "hemlig" not in str(logs)


def test_mended_file_is_taken_up(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "people.csv"
    _write(path, BO, 1)
    directory = FileDirectory(path, clock=clock)
    known: list[str] = []
    for text in ("broken", "broken", EVA, None, BO):
        _write(path, text, int(clock.now) + 10)
        clock.now += 31
        known += ask(directory, "bo@granvik.example", "eva@granvik.example").entries
    assert [key[:3].rstrip("@") for key in known] == ["bo", "bo", "eva", "eva", "bo"]


def test_threads_see_the_old_or_the_new_but_never_nothing(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "people.csv"
    _write(path, BO, 1)
    directory = FileDirectory(path, clock=clock)

    def work(number: int) -> set[int]:
        counts = set()
        for turn in range(100):
            if number == 0:
                _write(path, (BO, EVA)[turn % 2], turn + 2)
                clock.now += 31
            counts.add(len(directory.look_up(CALLER, ["bo@granvik.example", "eva@granvik.example"]).entries))
        return counts

    with ThreadPoolExecutor(4) as pool:
        assert set().union(*pool.map(work, range(4))) == {1}


def test_who_was_meant_is_sought_for_the_first_few_alone(tmp_path: Path) -> None:
    """Five thousand made-up addresses cost no more than twenty."""
    (tmp_path / "people.csv").write_text("address,name\nanna.berg@granvik.example,Anna Berg\n", "utf-8")
    answer = FileDirectory(tmp_path / "people.csv").look_up(
        CALLER, [f"anna.bergg{number * 'g'}@granvik.example" for number in range(40)]
    )
    assert len(answer.absent) == 40
    assert 0 < len(answer.near) <= 20
