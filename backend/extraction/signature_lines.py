"""What a single line of a mail signature looks like."""

from typing import Final

import re2

from backend.extraction.mail_words import WORDS

_LONGEST_LINE: Final = 70
_LONGEST_NAME: Final = 45
_MOST_NAME_WORDS: Final = 6
_MOST_WORDS: Final = 9
# A telephone number, a web or mail address, a postcode with its town, a street or a box with its number.
_CONTACT: Final = re2.compile(
    r"(?:\+|\b0)\d[\d  \-–/()]{5,}\d"
    r"|@\S|\bwww\.|https?://|\b[\w-]+\.(?:se|nu|com|org|eu|example)\b"
    r"|\b\d{3} ?\d{2} +[A-ZÅÄÖ]"
    rf"|\pL(?:{'|'.join(WORDS.street_endings)}) +\d{{1,3}}\b|\b(?:{'|'.join(WORDS.boxes)}) +\d"
)
_PERSONNUMMER: Final = re2.compile(
    r"(?:^|[^\d])(?:18|19|20)?\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])\s?[-–+]?\s?\d{4}(?:[^\d]|$)"
)
# Cheaper to look for first.
_CONTACT_NEEDS: Final = frozenset("0123456789@./")
_PUNCTUATION: Final = ".,:;!?()\"'”“–-"


def is_name(words: str) -> bool:
    """A short run of capitalised words, as after "/" or "Hälsningar": names, perhaps an office."""
    if not words or len(words) > _LONGEST_NAME or words[-1] in ":?":
        return False
    tokens = words.replace("/", " ").split()
    if not tokens or len(tokens) > _MOST_NAME_WORDS or not _first_letter(tokens[0]).isupper():
        return False
    after_comma = False
    for token in tokens:
        bare = token.strip(_PUNCTUATION)
        if bare.lower() in WORDS.prose and bare.lower() not in WORDS.name_particles and not _is_initial(bare):
            return False
        if not (after_comma or not bare or bare[0].isupper() or bare.lower() in WORDS.name_particles):
            return False
        after_comma = after_comma or token.endswith(",")
    return True


def is_contact(words: str) -> bool:
    """A telephone number, an address on the web or the street, or a line labelled as one."""
    label, colon, _ = words.partition(":")
    if colon and label.strip().lower() in WORDS.contact_labels:
        return True
    return not _CONTACT_NEEDS.isdisjoint(words) and _CONTACT.search(words) is not None


def is_disclaimer(words: str) -> bool:
    """The first line of an organisation's standard text."""
    lowered = words.lower()
    if lowered.startswith(WORDS.disclaimers):
        return True
    return any(all(word in lowered for word in row) for row in WORDS.disclaimer_words)


def says_who(words: str) -> bool:
    """A line that only a signature has: a way to reach the writer, an office or a title."""
    lowered = words.lower()
    return any(stem in lowered for stem in WORDS.organisation_stems) or is_contact(words)


def belongs_to_signature(words: str) -> bool:
    """Whether the line is a name, title, office or address, and says nothing else."""
    if words[0] in "-=<•·" or words.endswith((":", "?", "!")) or len(words) > 2 * _LONGEST_LINE:
        return False
    tokens = [token.strip(_PUNCTUATION).lower() for token in words.split()]
    if words.split(maxsplit=1)[0].rstrip(":,").lower() in WORDS.more or tokens[0] in WORDS.more:
        return False
    if is_contact(words):
        return not any(token in WORDS.prose for token in tokens if len(token) > 1)
    if len(words) > _LONGEST_LINE or len(tokens) > _MOST_WORDS or words.endswith(".") or words.partition(":")[1]:
        return False
    if any(token in WORDS.prose for token in tokens):
        return False
    return is_name(words) or says_who(words)


def holds_personnummer(words: str) -> bool:
    """Ten or twelve digits that may be a personnummer or samordningsnummer; not a number labelled as a telephone's."""
    if not any(map(str.isdigit, words)) or _PERSONNUMMER.search(words) is None:
        return False
    return words.partition(":")[0].strip().lower() not in WORDS.phone_labels


def _first_letter(token: str) -> str:
    return next((character for character in token if character.isalpha()), "")


def _is_initial(bare: str) -> bool:
    return len(bare) == 1 and bare.isupper()
