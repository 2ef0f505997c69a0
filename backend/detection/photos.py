"""Photos of people among attachments, as far as a file name and the mail around it tell."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from backend.detection.part_scan import PartScan
from backend.detection.persons import LEXICON_FOLDER

_TELLING_PARTS = frozenset({"subject", "body", "quoted"})
_SOMEBODY = 0.8
"""Evidence of a person in the sentence from which "bilden" is a picture of that person."""


@dataclass(frozen=True, slots=True)
class _PhotoWords:
    image_types: frozenset[str]
    people: tuple[str, ...]
    not_people: tuple[str, ...]
    pictures: frozenset[str]
    group_pictures: tuple[str, ...]


@lru_cache(maxsize=1)
def _words() -> _PhotoWords:
    lists = tomllib.loads((LEXICON_FOLDER / "photo_names.toml").read_text("utf-8"))
    return _PhotoWords(
        image_types=frozenset(lists["image_types"]),
        people=tuple(lists["people"]),
        not_people=tuple(lists["not_people"]),
        pictures=frozenset(lists["pictures"]),
        group_pictures=tuple(lists["group_pictures"]),
    )


def shows_people(scan: PartScan, *, told: bool = False) -> bool | None:
    """Whether an image file shows people by its name: "klassfoto 4B.jpg", "Anna passfoto.png".

    `told` says that the mail speaks of a picture of somebody: then a name like "IMG_4411.jpg" is enough. None for what
    is no attached image, or one of a map, a logo and the like.
    """
    if not scan.part.id.startswith("attachment_name:") or not scan.tokens:
        return None
    known = _words()
    if scan.tokens[-1].word not in known.image_types:
        return None
    words = [token.word for token in scan.tokens[:-1]]
    if any(word.startswith(known.not_people) for word in words):
        return None
    return told or any(part in word for word in words for part in known.people) or bool(scan.names)


def tells_of_photo(scans: Sequence[PartScan]) -> bool:
    """Whether the mail speaks of a group picture, or of a picture in a sentence that speaks of somebody."""
    return any(_tells(scan) for scan in scans if scan.part.id in _TELLING_PARTS)


def _tells(scan: PartScan) -> bool:
    known = _words()
    for token in scan.tokens:
        if token.word.startswith(known.group_pictures):
            return True
        if token.word in known.pictures and scan.mentions.own.get(token.sentence, 0.0) >= _SOMEBODY:
            return True
    return False
