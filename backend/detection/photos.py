"""Photos of people among attachments, as far as a file name tells."""

import tomllib
from collections.abc import Iterator
from functools import lru_cache

from backend.detection.coded_findings import explanation_of
from backend.detection.part_scan import PartScan
from backend.detection.persons import LEXICON_FOLDER
from backend.domain.finding import Finding
from backend.domain.label import Category


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    lists = tomllib.loads((LEXICON_FOLDER / "photo_names.toml").read_text("utf-8"))
    return frozenset(lists["image_types"]), tuple(lists["people"]), tuple(lists["not_people"])


def photo_finding(scan: PartScan) -> Iterator[Finding]:
    """A finding for an image file that by its name shows people: "klassfoto 4B.jpg", "Anna passfoto.png".

    Other pictures give a finding that is not about a person: a photo of a pothole must not cost a question.
    """
    if not scan.part.id.startswith("attachment_name:") or not scan.tokens:
        return
    image_types, people, not_people = _words()
    if scan.tokens[-1].word not in image_types:
        return
    words = [token.word for token in scan.tokens[:-1]]
    if any(word.startswith(not_people) for word in words):
        return
    shows_people = any(part in word for word in words for part in people) or bool(scan.names)
    yield Finding(
        category=Category.PHOTO,
        rule="photo.attachment",
        part=scan.part.id,
        start=0,
        end=len(scan.part.text),
        excerpt="•••." + scan.tokens[-1].word,
        about_person=shows_people,
        confidence=0.8 if shows_people else 0.3,
        explanation=explanation_of("photo.attachment"),
        source=("M6",),
    )
