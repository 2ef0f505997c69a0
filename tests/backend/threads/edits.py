"""What happens to a text on its way into another mail. `chance` makes the same edits in every run."""

from collections.abc import Callable
from functools import partial
from html import escape
from random import Random
from textwrap import wrap

import re2

from backend.domain.draft import BodyFormat, Draft
from backend.domain.part import Part
from backend.extraction.parts import extract_parts
from backend.threads.words import words_of

GREETING = "Hej Johan!\n\nSer du vad som gäller här? Hör av dig om du undrar över något."
SIGNATURE = "\n\nMed vänlig hälsning\nSara Lindqvist\nHandläggare\nGranviks kommun\nTfn 070-174 06 05"
HEADER = (
    "\n\nFrån: Sara Lindqvist <sara.lindqvist@granvik.example>\nSkickat: den 3 mars 2026 10:12\n"
    "Till: Johan Ek\nÄmne: Ärendet\n\n"
)
_WORDS = [
    "vecka",
    "ordna",
    "bredvid",
    "genast",
    "stol",
    "trappa",
    "måla",
    "långsam",
    "gärna",
    "räkna",
    "sällan",
    "papper",
    "hylla",
    "cykel",
    "regn",
    "bjuda",
]
_NAMES = [
    "Albin",
    "Beata",
    "Cecilia",
    "David",
    "Elsa",
    "Fabian",
    "Greta",
    "Hugo",
    "Ines",
    "Jonas",
    "Karin",
    "Leo",
    "Maja",
    "Nils",
    "Olivia",
    "Petra",
    "Rasmus",
    "Tilde",
]
_SENTENCE = re2.compile(r"[^.!?\n]+[.!?\n]*\s*")
_WORD = re2.compile(r"[\p{L}\p{N}]+")

Edit = Callable[[str, Random], str]


def quoted(text: str, mark: str = "> ") -> str:
    lines = [piece for line in text.splitlines() for piece in wrap(line, 70) or [""]]
    return "\n".join(mark + line for line in lines)


def changed(text: str, chance: Random, count: int = 4) -> str:
    """A few words replaced."""
    words = text.split(" ")
    for at in chance.sample(range(len(words)), min(count, len(words))):
        words[at] = chance.choice(_WORDS)
    return " ".join(words)


def cut(text: str, chance: Random, share: float = 0.2) -> str:
    """A stretch cut away somewhere."""
    length = int(len(text) * share)
    start = chance.randrange(len(text) - length + 1)
    return text[:start] + text[start + length :]


def thinned(text: str, chance: Random, share: float = 0.2) -> str:
    """Sentences here and there cut away: a fifth of the text, or up to three tenths where they are long."""
    sentences = _SENTENCE.findall(text)
    gone: set[int] = set()
    length = 0
    for at in chance.sample(range(len(sentences)), len(sentences)):
        if length < share * len(text) and length + len(sentences[at]) <= 0.3 * len(text):
            gone.add(at)
            length += len(sentences[at])
    return "".join(one for at, one in enumerate(sentences) if at not in gone)


def filled_in_anew(text: str, chance: Random, share: float = 1) -> str:
    """The same form letter to somebody else: other names (`share` of them) and other numbers."""
    read = words_of(text, 100_000)
    new = {}
    for word in sorted({one for one, particular in zip(read.words, read.particular, strict=True) if particular}):
        if not word.isalpha():
            new[word] = "".join(str(chance.randrange(10)) if one.isdigit() else one for one in word)
        elif chance.random() < share:
            new[word] = chance.choice(_NAMES)
    filled: str = _WORD.sub(lambda match: new.get(match.group().casefold(), match.group()), text)
    return filled


def forwarded(text: str) -> str:
    return GREETING + SIGNATURE + HEADER + text


EDITS: dict[str, Edit] = {
    "forwarded": lambda text, _: forwarded(text),
    "quoted with >": lambda text, _: f"{GREETING}{SIGNATURE}\n\nDen 3 mars 2026 skrev Sara:\n{quoted(text)}",
    "quoted with |": lambda text, _: f"{GREETING}\n{quoted(text, '| ')}",
    "four words changed": changed,
    "a stretch of a fifth cut": lambda text, chance: forwarded(cut(text, chance)),
    "sentences of a fifth cut": lambda text, chance: forwarded(thinned(text, chance)),
    "cut, three words changed, quoted": lambda text, chance: forwarded(quoted(changed(cut(text, chance), chance, 3))),
    "thinned, three words changed, quoted": lambda text, chance: forwarded(
        quoted(changed(thinned(text, chance), chance, 3))
    ),
}
FORM_LETTERS: dict[str, Edit] = {
    "all names and numbers new": filled_in_anew,
    "half of the names new": partial(filled_in_anew, share=0.5),
    "all new, sentences of a fifth cut": lambda text, chance: thinned(filled_in_anew(text, chance), chance),
}


def parts_of(body: str) -> tuple[Part, ...]:
    return extract_parts(Draft("VB: Ärendet", body))


def parts_as_html(text: str) -> tuple[Part, ...]:
    """As Outlook forwards a plain mail in HTML."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    body = f"<html><body><div>{GREETING}</div><blockquote>{paragraphs}</blockquote></body></html>"
    return extract_parts(Draft("", body, body_format=BodyFormat.HTML))
