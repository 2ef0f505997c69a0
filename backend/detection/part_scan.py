"""Everything detection sees in one part, before anything is concluded from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backend.detection.mentions import SentenceMentions
from backend.detection.names import Name, NameFinder
from backend.detection.personnummer import Personnummer, find_personnummer
from backend.detection.persons import Mention
from backend.detection.sentences import tokenize
from backend.detection.terms import TermFinder, TermHits
from backend.detection.tokens import Token
from backend.domain.part import Part, Span

_DIGITS_IN_NUMBER = 10


@dataclass(frozen=True, slots=True)
class PartScan:
    """One part with its tokens, names, numbers, term hits and mentions."""

    part: Part
    tokens: Sequence[Token]
    names: Sequence[Name]
    numbers: Sequence[Personnummer]
    hits: TermHits
    mentions: SentenceMentions

    def token_at(self, offset: int) -> int:
        """Index of the token that holds or follows `offset` in the part's text."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return min(low, len(self.tokens) - 1)

    def hidden(self) -> frozenset[int]:
        """Indices of tokens that no excerpt may show: names, also those in signatures."""
        return frozenset(index for name in self.names for index in range(name.first, name.after))

    def in_signature(self, token: Token) -> bool:
        """Whether the token stands in a mail signature."""
        return any(span.start <= token.start < span.end for span in self.part.signatures)


def scan_part(part: Part, finder: TermFinder, today: date, subject: SentenceMentions | None) -> PartScan:
    """Scans one part; `subject` is the subject line's mentions when there is one."""
    tokens = tokenize(part.text)
    hits = finder.find(tokens)
    names_in = NameFinder(part.text, tokens, part.signatures)
    ends = [hit.after for hit in hits.mentions if hit.owner is Mention.CASE_WORD]
    names = names_in.find()
    names += names_in.initials(ends)
    digits = sum(len(token.word) for token in tokens if token.word[0].isdigit() or token.word[-1].isdigit())
    numbers = find_personnummer(part.text, today) if digits >= _DIGITS_IN_NUMBER else []
    mentions = SentenceMentions(subject=subject)
    scan = PartScan(part, tokens, names, numbers, hits, mentions)
    mentions.add_names(names, tokens)
    _add_hits(scan, part.signatures)
    for number in numbers:
        if number.valid:
            mentions.add(Mention.PERSONNUMMER, tokens[scan.token_at(number.start)].sentence)
    return scan


def _add_hits(scan: PartScan, signatures: Sequence[Span]) -> None:
    for hit in scan.hits.mentions:
        token = scan.tokens[hit.first]
        if not signatures or not scan.in_signature(token):
            scan.mentions.add(hit.owner, token.sentence)
