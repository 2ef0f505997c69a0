"""The words in `mail_words.toml`, read once and arranged for looking up."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class MailWords:
    """All in lowercase but `boxes`.

    `headers` maps a label to its kind, `closings` a first word to the phrases that it opens.
    """

    headers: dict[str, str]
    banners_between_dashes: frozenset[str]
    banners_alone: frozenset[str]
    attribution_verbs: tuple[str, ...]
    attribution_openers: frozenset[str]
    closings: dict[str, tuple[str, ...]]
    delimiters: frozenset[str]
    mobile: tuple[str, ...]
    contact_labels: frozenset[str]
    phone_labels: frozenset[str]
    street_endings: tuple[str, ...]
    boxes: tuple[str, ...]
    name_particles: frozenset[str]
    organisation_stems: tuple[str, ...]
    more: frozenset[str]
    prose: frozenset[str]
    disclaimers: tuple[str, ...]
    disclaimer_words: tuple[tuple[str, ...], ...]


def _read(path: Path) -> MailWords:
    with path.open("rb") as file:
        words: dict[str, Any] = tomllib.load(file)
    attribution, signature = words["attribution"], words["signature"]
    closings: dict[str, tuple[str, ...]] = {}
    for phrase in sorted(signature["closings"], key=len, reverse=True):
        first = phrase.split()[0]
        closings[first] = (*closings.get(first, ()), phrase)
    return MailWords(
        headers={label: kind for kind, labels in words["headers"].items() for label in labels},
        banners_between_dashes=frozenset(words["banners"]["between_dashes"]),
        banners_alone=frozenset(words["banners"]["alone"]),
        attribution_verbs=tuple(attribution["verbs"]),
        attribution_openers=frozenset(attribution["openers"]) | frozenset(attribution["weekdays"]),
        closings=closings,
        delimiters=frozenset(signature["delimiters"]),
        mobile=tuple(signature["mobile"]),
        contact_labels=frozenset(signature["contact_labels"]),
        phone_labels=frozenset(signature["phone_labels"]),
        street_endings=tuple(signature["street_endings"]),
        boxes=tuple(signature["boxes"]),
        name_particles=frozenset(signature["name_particles"]),
        organisation_stems=tuple(signature["organisation_stems"]),
        more=frozenset(signature["more"]),
        prose=frozenset(signature["prose"]),
        disclaimers=tuple(signature["disclaimers"]),
        disclaimer_words=tuple(tuple(row) for row in signature["disclaimer_words"]),
    )


WORDS: Final = _read(Path(__file__).with_name("mail_words.toml"))
