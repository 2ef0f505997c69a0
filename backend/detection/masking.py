"""Excerpts that explain a finding without telling the value: only ordinary words and the rule's own term are shown."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from backend.detection.persons import person_words
from backend.detection.streets import is_street
from backend.detection.tokens import Token

HIDDEN = "•••"
_WORDS_AROUND = 4
_SHORTEST_GLUED = 4


def masked_excerpt(tokens: Sequence[Token], first: int, after: int, hidden: AbstractSet[int], text: str) -> str:
    """The finding's words with up to four words on each side from the same sentence.

    A word beside the finding is shown only when it stands in the list of common words; everything else, and every
    word whose index is in `hidden` (names), becomes three dots. Digits are never shown.
    """
    start, stop = first, after
    sentence = tokens[first].sentence
    while start > max(first - _WORDS_AROUND, 0) and tokens[start - 1].sentence == sentence:
        start -= 1
    while stop < min(after + _WORDS_AROUND, len(tokens)) and tokens[stop].sentence == sentence:
        stop += 1
    shown: list[str] = []
    for index in range(start, stop):
        word = _shown(tokens[index], text, own=first <= index < after, hidden=index in hidden)
        if word != HIDDEN or shown[-1:] != [HIDDEN]:
            shown.append(word)
    return " ".join(shown)


def _shown(token: Token, text: str, *, own: bool, hidden: bool) -> str:
    if hidden or (not token.word.isalpha() and any(map(str.isdigit, token.word))):
        return HIDDEN
    may_be_shown = own and not is_street(token.word) and not _holds_name(token.word)
    return text[token.start : token.end] if may_be_shown or token.word in person_words().common else HIDDEN


def _holds_name(word: str) -> bool:
    """Whether a first name is glued to a word, as in user names: terms match inside words."""
    names = person_words().first_names
    cuts = range(_SHORTEST_GLUED, len(word) - _SHORTEST_GLUED + 1)
    return any(word[:cut] in names or word[-cut:] in names for cut in cuts)


def masked_number(text: str, start: int, end: int) -> str:
    """A number's own shape with every digit hidden: `••••••••-••••`."""
    return "".join("•" if char.isalnum() else char for char in text[start:end] if char.isprintable())
