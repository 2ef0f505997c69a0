"""How a name is compared: without case and accents, and as it sounds, for Karlsson and Carlsson are heard as one."""

from functools import lru_cache
from unicodedata import combining, normalize

_KEPT = 65_536
_OTHER_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"})
# Applied in this order. The first column is spelling, the second a letter that stands for the sound.
_SOUNDS = (
    *(("sch", "s"), ("ch", "k"), ("ck", "k"), ("ph", "f"), ("th", "t"), ("gh", "g"), ("dh", "d"), ("bh", "b")),
    *(("kh", "k"), ("dt", "t"), ("qu", "kv"), ("q", "k"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k")),
    *(("w", "v"), ("f", "v"), ("x", "ks"), ("z", "s"), ("y", "i"), ("ae", "a"), ("oe", "o")),
)
_VOWELS = frozenset("aeiou")


@lru_cache(_KEPT)
def plain(text: str) -> str:
    """Letters only, without case and accents: `Åberg` and `ABERG` are one, and so are `Anna-Karin` and `Annakarin`."""
    apart = normalize("NFKD", text.casefold().translate(_OTHER_LETTERS))
    return "".join(letter for letter in apart if letter.isalpha() and not combining(letter))


@lru_cache(_KEPT)
def sounding(text: str) -> str:
    """`plain` as it sounds: Kristina and Christina, Bergh and Berg, Söder and Soeder are one."""
    sound = plain(text)
    for spelling, letter in _SOUNDS:
        sound = sound.replace(spelling, letter)
    heard = ""
    for at, letter in enumerate(sound):
        silent = at and letter == "h" and sound[at + 1 : at + 2] not in _VOWELS
        if not silent and not heard.endswith(letter):
            heard += letter
    return heard
