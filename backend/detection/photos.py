"""Photos of people among attachments, as far as a file name tells."""

import tomllib
from functools import lru_cache

from backend.detection.part_scan import PartScan
from backend.detection.persons import LEXICON_FOLDER


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    lists = tomllib.loads((LEXICON_FOLDER / "photo_names.toml").read_text("utf-8"))
    return frozenset(lists["image_types"]), tuple(lists["people"]), tuple(lists["not_people"])


def shows_people(scan: PartScan) -> bool | None:
    """Whether an image file shows people by its name: "klassfoto 4B.jpg", "Anna passfoto.png".

    None for what is no attached image, or one of a map, a logo and the like.
    """
    if not scan.part.id.startswith("attachment_name:") or not scan.tokens:
        return None
    image_types, people, not_people = _words()
    if scan.tokens[-1].word not in image_types:
        return None
    words = [token.word for token in scan.tokens[:-1]]
    if any(word.startswith(not_people) for word in words):
        return None
    return any(part in word for word in words for part in people) or bool(scan.names)
