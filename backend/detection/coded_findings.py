"""Findings that code makes instead of a rule file: numbers, photos, passwords in the text, partners of the named."""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from backend.detection.bare_codes import bare_codes
from backend.detection.masking import masked_excerpt, masked_number
from backend.detection.mentions import ABOUT_PERSON_FROM
from backend.detection.part_scan import PartScan
from backend.detection.partners import same_sex_partners
from backend.detection.persons import LEXICON_FOLDER
from backend.detection.photos import shows_people
from backend.detection.written_secrets import written_secrets
from backend.domain.finding import WRITTEN_OUT, Finding
from backend.domain.label import Category

_MOST_NUMBERS = 100
_MOST_SECRETS = 25
_MOST_PARTNERS = 25
_NAMED = 0.85


@lru_cache(maxsize=1)
def _explanations() -> dict[str, str]:
    document = tomllib.loads((LEXICON_FOLDER / "coded_findings.toml").read_text("utf-8"))
    return {rule: entry["explanation"] for rule, entry in document.items()}


def explanation_of(rule: str) -> str:
    """The Swedish sentence for a coded finding's rule id. Raises KeyError for an unknown id."""
    return _explanations()[rule]


def coded_rules() -> tuple[str, ...]:
    """Ids of all rules that code makes findings for."""
    return tuple(_explanations())


def number_findings(scan: PartScan) -> Iterator[Finding]:
    """A finding for each personnummer, and for a wrong number that the word personnummer stands beside."""
    for number in scan.numbers[:_MOST_NUMBERS]:
        rule = "personnummer.number" if number.valid else "personnummer.wrong_check_digit"
        yield Finding(
            category=Category.PERSONNUMMER,
            rule=rule,
            part=scan.part.id,
            start=number.start,
            end=number.end,
            excerpt=masked_number(scan.part.text, number.start, number.end),
            about_person=number.valid,
            confidence=number.confidence,
            explanation=explanation_of(rule),
            source=("M5",),
        )


def photo_finding(scan: PartScan, *, told: bool) -> Iterator[Finding]:
    """A finding for an image file; about a person when its name or the mail says that it shows people."""
    people = shows_people(scan, told=told)
    if people is None:
        return
    yield Finding(
        category=Category.PHOTO,
        rule="photo.attachment",
        part=scan.part.id,
        start=0,
        end=len(scan.part.text),
        excerpt="•••." + scan.tokens[-1].word,
        about_person=people,
        confidence=0.8 if people else 0.3,
        explanation=explanation_of("photo.attachment"),
        source=("M6",),
    )


def secret_findings(scan: PartScan) -> Iterator[Finding]:
    """A finding for each password or code that is written out, from the word for it to its end."""
    found = 0
    for first, after, shown in _secrets(scan):
        if found >= _MOST_SECRETS or scan.in_signature(scan.tokens[first]):
            continue
        found += 1
        evidence = scan.matter_evidence(first)
        secret = frozenset(range(shown, after))
        yield Finding(
            category=Category.OTHER_SECRECY,
            rule="other_secrecy.written_secret",
            part=scan.part.id,
            start=scan.tokens[first].start,
            end=scan.tokens[after - 1].end,
            excerpt=masked_excerpt(scan.tokens, first, first + 1, scan.hidden | secret, scan.part.text),
            about_person=evidence >= ABOUT_PERSON_FROM,
            confidence=round(evidence, 3),
            explanation=explanation_of("other_secrecy.written_secret"),
            source=("M7",),
            traits=frozenset({WRITTEN_OUT}),
        )


def partner_findings(scan: PartScan) -> Iterator[Finding]:
    """A finding for each person whose husband or wife reveals whom they love."""
    for first, after in islice(same_sex_partners(scan), _MOST_PARTNERS):
        if scan.in_signature(scan.tokens[first]):
            continue
        yield Finding(
            category=Category.SEX_LIFE,
            rule="sex_life.partner_of_named",
            part=scan.part.id,
            start=scan.tokens[first].start,
            end=scan.tokens[after - 1].end,
            excerpt=masked_excerpt(scan.tokens, first, after, scan.hidden, scan.part.text),
            about_person=True,
            confidence=_NAMED,
            explanation=explanation_of("sex_life.partner_of_named"),
            source=("M1", "M4"),
        )


def _secrets(scan: PartScan) -> Iterator[tuple[int, int, int]]:
    """Places of secrets with the token from which on nothing may be shown: after the word for it, if there is one."""
    worded = list(written_secrets(scan.hits, scan.tokens, scan.part.text))
    taken = {index for first, after in worded for index in range(first, after)}
    yield from ((first, after, first + 1) for first, after in worded)
    subject = scan.mentions.subject
    headed = subject is not None and subject.secret_topic
    for first, after in bare_codes(scan.hits, scan.tokens, scan.part.text, headed=headed):
        if first not in taken:
            yield first, after, first
