"""Where one sentence ends and the next begins: good enough to ask who a word is said of."""

from backend.detection.tokens import Token, split

_ENDS = frozenset(".!?…•\n\r\u2028\u2029\x0b\x0c\t;|")
_ABBREVIATIONS = frozenset({
    "adm", "ang", "avd", "bl", "bla", "ca", "dir", "dnr", "dr", "dvs", "ev", "ex", "exkl", "f", "fd", "fr", "from",
    "förv", "hr", "inkl", "jfr", "kap", "kl", "kr", "mfl", "mm", "nr", "obs", "osv", "pga", "ref", "resp", "s",
    "sid", "sk", "st", "t", "tel", "tex", "tfn", "tom", "u", "vh", "årsk",
})  # fmt: skip
_CLOSERS = frozenset(" \u00a0\"'”’)]")


def tokenize(text: str) -> list[Token]:
    """Words of `text` with sentence numbers from 0. A line break ends a sentence: lists and tables are lines."""
    tokens: list[Token] = []
    sentence = 0
    previous_end = 0
    previous_word = ""
    for word, start, end in split(text):
        if start - previous_end != 1 or text[previous_end] in _ENDS:
            sentence += tokens != [] and _ends_sentence(text[previous_end:start], previous_word)
        tokens.append(Token(word, start, end, sentence))
        previous_end, previous_word = end, word
    return tokens


def _ends_sentence(gap: str, before: str) -> bool:
    if not _ENDS.intersection(gap):
        return False
    if gap.startswith(".") and _ENDS.isdisjoint(gap[1:]):
        # "kl. 10", "A. Berg" and "t.ex." do not end a sentence; "…hem. Hon" does.
        return len(gap) > 1 and gap[1] in _CLOSERS and before not in _ABBREVIATIONS and len(before) > 1
    return True
