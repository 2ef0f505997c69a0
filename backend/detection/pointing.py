"""Mentions that need a word beside them: "vår kassör", "ang elev", "pojke 3B", "Har migrän" without its "jag"."""

from collections.abc import Iterator, Sequence

from backend.detection.lexicon import Hit
from backend.detection.persons import Clue, Mention, clue_words
from backend.detection.terms import Range, TermHits
from backend.detection.tokens import Token

_YEAR = 4
_AMBIGUOUS_PLURALS = frozenset({"brukare", "boende", "barn", "medarbetare", "sökande", "deltagare", "vårdtagare"})
"""Singular and plural are one word: "om brukare" is general, "ang brukare" is a case."""
_CLASS_LETTERS = "abcdefgh"
_COMMA_AND_SPACE = 2


def pointed_roles(hits: TermHits, tokens: Sequence[Token]) -> Iterator[Hit[Mention]]:
    """Roles that the words beside a noun make of it."""
    words = clue_words()
    for _, after in hits.clues[Clue.POSSESSIVE]:
        if after < len(tokens) and tokens[after].sentence == tokens[after - 1].sentence:
            word = tokens[after].word
            if word.endswith(words.role_endings) and word not in words.not_roles:
                yield Hit(Mention.ROLE, after - 1, after + 1)
    for first, after in hits.clues[Clue.BARE_ROLE]:
        if _led(tokens, first) or _class_or_age(tokens, after) or _heads(tokens, first, after):
            yield Hit(Mention.INDEFINITE_ROLE, first, after)
    for first, after in hits.clues[Clue.ROOM]:
        if _is_home(tokens, first, after):
            yield Hit(Mention.INDEFINITE_ROLE, first, after + 1)
    for first, after in hits.clues[Clue.BARE_AGE]:
        if first > 0 and tokens[first - 1].word.isdigit() and tokens[first].start == tokens[first - 1].end + 1:
            yield Hit(Mention.INDEFINITE_ROLE, first - 1, after)


def elliptic_sentences(hits: TermHits, tokens: Sequence[Token], text: str) -> Iterator[int]:
    """Numbers of sentences that begin with a verb and leave out "jag"; questions and other subjects do not."""
    subjects = clue_words().subjects
    for first, after in hits.clues[Clue.ELLIPSIS]:
        if first > 0 and tokens[first - 1].sentence == tokens[first].sentence:
            continue
        if after >= len(tokens) or tokens[after].sentence != tokens[first].sentence:
            continue
        if tokens[after].word in clue_words().adverbs and after + 1 < len(tokens):
            after += 1  # noqa: PLW2901 - "Vill inte ladda upp …": the subject would stand before the adverb or after it
        following = tokens[after]
        if following.word in subjects or text[following.start].isupper():
            continue
        if following.sentence == tokens[first].sentence and not _is_question(tokens, after, text):
            yield tokens[first].sentence


_FARTHEST_QUESTION_MARK = 40


def _is_question(tokens: Sequence[Token], index: int, text: str) -> bool:
    sentence = tokens[index].sentence
    last = index
    while last + 1 < len(tokens) and tokens[last + 1].sentence == sentence and last - index < _FARTHEST_QUESTION_MARK:
        last += 1
    end = tokens[last + 1].start if last + 1 < len(tokens) else len(text)
    return "?" in text[tokens[last].end : min(end, tokens[last].end + 4)]


def _led(tokens: Sequence[Token], first: int) -> bool:
    if first == 0 or tokens[first - 1].word not in clue_words().bare_role_leads:
        return False
    return tokens[first - 1].word != "om" or tokens[first].word not in _AMBIGUOUS_PLURALS


def _heads(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Whether the noun begins a sentence and a comma or colon follows: "Kvinna, enplanshus, åter hem torsdag"."""
    begins = first == 0 or tokens[first - 1].sentence != tokens[first].sentence
    if not begins or after >= len(tokens) or tokens[first].word in _AMBIGUOUS_PLURALS:
        return False
    same = tokens[after].sentence == tokens[first].sentence
    return same and tokens[after].start - tokens[after - 1].end == _COMMA_AND_SPACE


def _is_home(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Whether "rum 6" or "lgh 1101" stands for who lives there: with a number, and not as the place of a meeting."""
    if after >= len(tokens) or not tokens[after].word[0].isdigit():
        return False
    if tokens[after].sentence != tokens[first].sentence:
        return False
    begins = first == 0 or tokens[first - 1].sentence != tokens[first].sentence
    return begins or tokens[first - 1].word in clue_words().before_rooms


def _class_or_age(tokens: Sequence[Token], after: int) -> bool:
    """Whether a class ("3B", "åk 5"), an age ("8 år") or a year of birth ("född 2015") follows."""
    following = [token.word for token in tokens[after : after + 3]]
    if not following or tokens[after].start - tokens[after - 1].end > len(" (, "):
        return False
    if following[0] in {"i", "åk", "från"}:
        following = following[1:]
    if not following:
        return False
    one = following[0]
    if len(one) == 2 and one[0].isdigit() and one[1] in _CLASS_LETTERS:  # noqa: PLR2004 - "3b"
        return True
    if one in {"född", "f", "fodd"}:
        return len(following) > 1 and following[1].isdigit() and len(following[1]) >= _YEAR
    return one.isdigit() and len(following) > 1 and following[1] in {"år", "mån", "månader"}


def trade_ends(hits: TermHits, *, lecture: bool) -> list[Range]:
    """Where words end after which a topic is somebody's trade, each with how many words they reach, in order."""
    reaches = {Clue.SPEAKER: 6, Clue.STAFF: 3} | ({Clue.TELLING: 6} if lecture else {})
    return sorted((after, reach) for clue, reach in reaches.items() for _, after in hits.clues[clue])
