"""Everything detection sees in one part, before anything is concluded from it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from backend.detection.addressing import addressing_words
from backend.detection.initials import InitialsFinder
from backend.detection.lines import Lines
from backend.detection.mentions import TRADE_PENALTY, SentenceMentions
from backend.detection.names import Name, NameFinder
from backend.detection.personnummer import Personnummer, find_personnummer
from backend.detection.persons import Clue, Mention, clue_words
from backend.detection.pointing import elliptic_sentences, pointed_roles, trade_ends
from backend.detection.rosters import Roster, find_rosters
from backend.detection.sentences import tokenize
from backend.detection.spans import Cover
from backend.detection.terms import Range, TermFinder, TermHits
from backend.detection.tokens import Token
from backend.domain.part import Part

HEADINGS = ("subject", "location", "attachment_name:")
_DIGITS_IN_NUMBER = 10
_REACH_AFTER_TERM = 3
_GREETING = 6
"""A name among the first words that is not spoken of is the reader's: then "din diagnos" is said of somebody."""
_SECRET_TOPICS = (Clue.SECRET_WORD, Clue.CODE_WORD)
_LEADS_UP = 5
"""Words between a name and what is said of it."""
_PAUSES = frozenset(",;:()–")
_HEADS_LIST = 0.9
_IN_LIST = 0.8
_MATTER = 0.85
_GENERAL_MATTER_PENALTY = 0.4


@dataclass(frozen=True)
class PartScan:
    """One part with its tokens, names, numbers, term hits and mentions."""

    part: Part
    tokens: Sequence[Token]
    lines: Lines
    names: Sequence[Name]
    numbers: Sequence[Personnummer]
    hits: TermHits
    mentions: SentenceMentions
    signatures: Cover

    @cached_property
    def hidden(self) -> frozenset[int]:
        """Indices of tokens that no excerpt may show: names, also those in signatures."""
        return frozenset(index for name in self.names for index in range(name.first, name.after))

    @cached_property
    def _ends(self) -> list[int]:
        return [token.end for token in self.tokens]

    @cached_property
    def _names_by_end(self) -> dict[int, Name]:
        return {name.after: name for name in self.names if name.spoken_of}

    @cached_property
    def _trades(self) -> list[Range]:
        subject = self.mentions.subject
        lecture = bool(self.mentions.general) or (subject is not None and bool(subject.general))
        return trade_ends(self.hits, lecture=lecture)

    @cached_property
    def rosters(self) -> list[Roster]:
        """Lists of people, without those whose heading says only that they take part."""
        named: dict[int, str] = {}
        for name in sorted(self.names, key=lambda one: one.first):
            if name.spoken_of:
                named.setdefault(self.lines.number_at(self.tokens[name.first].start), name.key)
        attendance = self._attendance_lines
        found = find_rosters(self.lines, named)
        return [roster for roster in found if attendance.isdisjoint((roster.heading, min(roster.rows)))]

    @cached_property
    def _attendance_lines(self) -> set[int]:
        """Lines that begin by saying that those named take part: the matter is not theirs."""
        lines: set[int] = set()
        for first, _ in self.hits.clues[Clue.ATTENDANCE]:
            number = self.lines.number_at(self.tokens[first].start)
            if not first or self.lines.number_at(self.tokens[first - 1].start) != number:
                lines.add(number)
        return lines

    def token_at(self, offset: int) -> int:
        """Index of the token that holds or follows `offset` in the part's text."""
        return min(bisect_right(self._ends, offset), len(self.tokens) - 1)

    def in_signature(self, token: Token) -> bool:
        """Whether the token stands in a mail signature."""
        return token.start in self.signatures

    def evidence(self, first: int, after: int) -> float:
        """How surely the words from `first` to before `after` are said of an identifiable person, 0–1."""
        return self.mentions.evidence(first, self.tokens[first].sentence, by_trade=self.by_trade(first, after))

    def generality(self, first: int, after: int) -> float:
        """How much speaks for the topic in general there, as a deduction from the evidence."""
        trade = TRADE_PENALTY if self.by_trade(first, after) else 0.0
        return trade + self.mentions.generality(first, self.tokens[first].sentence)

    def said_of_named(self, first: int) -> bool:
        """Whether a name and a verb lead up to the word: "Anna Ek har fått en skriftlig varning"."""
        tokens, verbs = self.tokens, addressing_words().after_initials
        for verb in range(max(first - _LEADS_UP, 0), first + 1):
            name = self._names_by_end.get(verb)
            if name is None or tokens[verb].word not in verbs or tokens[name.first].sentence != tokens[first].sentence:
                continue
            if _PAUSES.isdisjoint(self.part.text[tokens[name.first].start : tokens[first].start]):
                return True
        return False

    def matter_evidence(self, first: int) -> float:
        """How surely the words tell of a matter that is secret itself: people do not matter, general words do."""
        return _MATTER - (
            _GENERAL_MATTER_PENALTY if self.mentions.said_in_general(self.tokens[first].sentence) else 0.0
        )

    def by_trade(self, first: int, after: int) -> bool:
        """Whether someone lectures on it or works with it, and nobody is mentioned closer: "Karin föreläser om …"."""
        trades = self._trades
        index = bisect_right(trades, (first, len(self.tokens))) - 1
        if index < 0:
            return False
        end, reach = trades[index]
        if first - end >= reach or self.tokens[end - 1].sentence != self.tokens[first].sentence:
            return False
        if self.tokens[end].word in clue_words().own_possessives:
            return False
        return not any(place in self.mentions.people_at for place in range(end, after + _REACH_AFTER_TERM))


def scan_part(part: Part, finder: TermFinder, today: date) -> PartScan:
    """Scans one part by itself."""
    tokens = tokenize(part.text)
    lines = Lines(part.text)
    hits = finder.find(tokens)
    signatures = Cover(part.signatures)
    heading = part.id.startswith(HEADINGS)
    finder_of_names = NameFinder(part.text, tokens, lines)
    names = finder_of_names.find(signatures, heading=heading)
    ends = [hit.after for hit in hits.mentions if hit.owner is Mention.CASE_WORD]
    names += InitialsFinder(part.text, tokens, lines).find(
        ends, finder_of_names.single_capitals, signatures, heading=heading
    )
    scan = PartScan(
        part, tokens, lines, names, _numbers(part.text, tokens, today), hits, SentenceMentions(), signatures
    )
    _add_mentions(scan)
    return scan


def _numbers(text: str, tokens: Sequence[Token], today: date) -> list[Personnummer]:
    digits = sum(len(token.word) for token in tokens if token.word[0].isdigit() or token.word[-1].isdigit())
    return find_personnummer(text, today) if digits >= _DIGITS_IN_NUMBER else []


def _add_mentions(scan: PartScan) -> None:
    tokens, mentions, signatures = scan.tokens, scan.mentions, scan.signatures
    mentions.add_names(scan.names, tokens)
    for hit in (*scan.hits.mentions, *pointed_roles(scan.hits, tokens)):
        token = tokens[hit.first]
        if not signatures or token.start not in signatures:
            mentions.add(hit.owner, hit.first, token.sentence)
    for sentence in elliptic_sentences(scan.hits, tokens, scan.part.text):
        mentions.add_weak(sentence)
    if any(not name.spoken_of and name.first < _GREETING for name in scan.names):
        for first, _ in scan.hits.clues[Clue.READER]:
            mentions.add_weak(tokens[first].sentence)
    for number in scan.numbers:
        if number.valid:
            index = scan.token_at(number.start)
            mentions.add(Mention.PERSONNUMMER, index, tokens[index].sentence)
    if scan.hits.terms and "\n" in scan.part.text:
        _add_rosters(scan)
    mentions.secret_topic = any(scan.hits.clues[clue] for clue in _SECRET_TOPICS)
    mentions.close()


def _add_rosters(scan: PartScan) -> None:
    """A list's heading is said of those in its rows, and a row that begins with initials or a flat of that person."""
    rows = {number for roster in scan.rosters for number in roster.rows}
    headings = {roster.heading for roster in scan.rosters}
    if not rows:
        return
    for token in scan.tokens:
        number = scan.lines.number_at(token.start)
        if number in headings:
            scan.mentions.own[token.sentence] = max(scan.mentions.own[token.sentence], _HEADS_LIST)
            scan.mentions.group.discard(token.sentence)
        elif number in rows:
            scan.mentions.own[token.sentence] = max(scan.mentions.own[token.sentence], _IN_LIST)
