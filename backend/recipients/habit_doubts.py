"""Doubts that a sender's own earlier mail raises, and those that it settles."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from backend.domain.directory import EntryKind
from backend.domain.draft import Mailbox
from backend.domain.recipient import INSIDE, Concern, Doubt, JudgedRecipient, JudgedRecipients
from backend.recipients.entry_doubts import describe
from backend.recipients.habit import Habit

_OFTEN = 2
"""Sends after which somebody across a border is no news any more."""

_Hashed = Callable[[str], str]


def with_habit_doubts(
    judged: JudgedRecipients, habit: Habit, hashed: _Hashed, name_of: Callable[[str], str], own: str = ""
) -> JudgedRecipients:
    """The recipients with what is unusual for this sender.

    `hashed` gives a mailbox key's hash as habits keep it, `name_of` puts a name to a hash (empty where it cannot),
    `own` is the sender's own key.
    """
    by_hash = {hashed(person_key(one)): one.key for one in judged.each}
    noticed = habit.notice(by_hash.keys())
    first = {by_hash[one] for one in noticed.first_time} - {own}
    odd = by_hash.get(noticed.odd_one_out or "")
    each = tuple(
        _with_habits(one, habit, hashed, is_first=one.key in first, is_odd=one.key == odd) for one in judged.each
    )
    doubts = judged.doubts
    if noticed.usual_missing is not None:
        name = name_of(noticed.usual_missing)
        doubts = (*doubts, Doubt(Concern.USUAL_ONE_MISSING, {"names": name} if name else {}))
    return replace(judged, each=each, doubts=doubts)


def person_key(judged: JudgedRecipient) -> str:
    """The mailbox key that habits go by: an alias is the same person as the address it leads to."""
    return Mailbox(judged.entry.address).key if judged.entry else judged.key


def _with_habits(
    judged: JudgedRecipient, habit: Habit, hashed: _Hashed, *, is_first: bool, is_odd: bool
) -> JudgedRecipient:
    doubts = list(_about_namesakes(judged, habit, hashed))
    # Of somebody who is not the municipality's own the verdict says enough.
    is_person = judged.entry is not None and judged.entry.kind is not EntryKind.ROOM
    if is_first and judged.verdict in INSIDE and is_person:
        doubts.append(Doubt(Concern.FIRST_TIME))
    if is_odd:
        doubts.append(Doubt(Concern.ODD_ONE_OUT))
    own = hashed(person_key(judged))
    times = habit.times(own).count
    if times and judged.verdict not in INSIDE:
        # Whoever has been written to before is no mistaken colleague.
        doubts = [one for one in doubts if one.concern is not Concern.COLLEAGUE_ELSEWHERE]
    trusted = times >= _OFTEN and habit.seen_labelled(own)
    return replace(judged, doubts=tuple(doubts), known=judged.known or times > 0, trusted=trusted)


def _about_namesakes(judged: JudgedRecipient, habit: Habit, hashed: _Hashed) -> Iterator[Doubt]:
    """A namesake whom the sender never writes to raises no doubt; one whom the sender usually writes to raises more."""
    own = hashed(person_key(judged))
    others = [(one, hashed(Mailbox(one.address).key)) for one in judged.meant]
    usual = [one for one, other in others if habit.writes_rather_to(other, own)]
    settled = bool(others) and all(habit.writes_rather_to(own, other) for _, other in others)
    for doubt in judged.doubts:
        if doubt.concern is not Concern.NAMESAKE or not (usual or settled):
            yield doubt
        elif usual:
            yield Doubt(Concern.RARER_NAMESAKE, {"names": ", ".join(map(describe, usual))})
