"""What habits say of recipients: tables of small cases, and how often invented senders are bothered and helped."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from time import perf_counter

import pytest

from backend.domain.habits import Gathering
from backend.recipients.habit import Habit, Noticed, Times
from tests.backend.recipients.senders import KINDS, Kind, Sender

DAY = date(2026, 11, 21)


def habit(*groups: str, labelled: bool = False) -> Habit:
    """Gatherings a day apart, newest first; each letter is somebody."""
    days = (DAY - timedelta(days=days) for days in range(len(groups)))
    return Habit(
        [Gathering(str(day), day, labelled, frozenset(group)) for day, group in zip(days, groups, strict=True)]
    )


TEAM = ["abcd"] * 10

NOTICED = [
    ("newcomer", [], "abc", None, None),
    ("whole team", TEAM, "abcd", None, None),
    ("added", TEAM, "abcdx", "x", None),
    ("added, known from elsewhere", [*TEAM, "x", "xy", "xyz"], "abcdx", "x", None),
    ("added, once met one of them", [*TEAM, "ax"], "abcdx", "x", None),
    ("added, often with one of them", [*TEAM, "ax", "ax", "ax"], "abcdx", None, None),
    ("added, was with them once", ["abcdx", *TEAM], "abcdx", None, None),
    ("added, twice is too little", TEAM[:2], "abcdx", None, None),
    ("added, three times are enough", TEAM[:3], "abcdx", "x", None),
    ("two added: nobody is odd", TEAM, "abcdxy", None, None),
    ("two people only", ["a", "a", "ab", "ab", "ab", "ab"], "ax", None, None),
    ("two and one", ["ab"] * 4, "abx", "x", None),
    ("team that has guests", [*TEAM, "abcdg"], "abcdx", None, None),
    ("team with a new member", ["abcde"] * 2 + TEAM, "abcdx", "x", None),
    ("left out", TEAM, "abc", None, "d"),
    ("left out, four times are too few", TEAM[:4], "abc", None, None),
    ("left out, five are enough", TEAM[:5], "abc", None, "d"),
    ("left out, was away once of late", ["abcz", *TEAM[:4]], "abcz", None, None),
    ("two left out: a part is meant", TEAM, "ab", None, None),
    ("left out before", [*TEAM, "bcd"], "abc", None, None),
    ("one of two", ["ab"] * 10, "a", None, None),
    ("usual one has left the team", ["abc"] * 2 + TEAM, "abc", None, None),
    ("in the place of one", TEAM, "abcx", "x", "d"),
    ("in the place of one, in a team with guests", [*TEAM, "abcdg", "abcdh"], "abcx", "x", "d"),
    ("in the place of one, in parts", [*TEAM, "abc"], "abcx", "x", "d"),
    ("in the place of one, all the time", ["abce", "abcf", "abcg", "abch", "abci", "abcj", *TEAM], "abcx", None, None),
    ("in the place of the third", ["abc"] * 5, "abx", "x", "c"),
    ("crowd says nothing of who belongs together", ["abcdefghijklmnopqrstu"] * 9, "abcdefghijklmnopqrstux", None, None),
    ("nobody", TEAM, "", None, None),
]


@pytest.mark.parametrize(
    ("groups", "present", "odd", "missing"), [case[1:] for case in NOTICED], ids=[c[0] for c in NOTICED]
)
def test_notice(groups: list[str], present: str, odd: str | None, missing: str | None) -> None:
    assert habit(*groups).notice(frozenset(present)) == Noticed(frozenset(), odd, missing)


def test_checking_a_draft_twice_does_not_make_it_usual() -> None:
    wrong = Gathering("draft", DAY, labelled=False, recipients=frozenset("abcdx"))
    learned = [wrong, *(Gathering(str(at), DAY, labelled=False, recipients=frozenset("abcd")) for at in range(5))]
    assert Habit(learned).notice({"a", "b", "c", "d", "x"}).odd_one_out is None
    assert Habit(learned).without("draft").notice({"a", "b", "c", "d", "x"}).odd_one_out == "x"


@pytest.mark.parametrize(
    ("groups", "present", "new"),
    [
        ([], "a", ""),
        (["a"] * 4, "x", ""),
        (["a"] * 5, "x", "x"),
        (["abc", "ad", "a", "b", "c"], "axdy", "xy"),
        (["abcdefghijklmnopqrstuvwx", "a", "a", "a", "a"], "xz", "z"),
    ],
    ids=str,
)
def test_first_time(groups: list[str], present: str, new: str) -> None:
    earlier = habit(*groups, labelled=True)
    assert earlier.first_time(frozenset(present)) == frozenset(new)
    assert earlier.notice(frozenset(present)).first_time == frozenset(new)
    assert habit(*groups).first_time(frozenset(present)) == frozenset()


def test_seen_labelled() -> None:
    assert [habit("a", "ab", labelled=True).seen_labelled(one) for one in "abc"] == [True, True, False]
    assert not habit("a", "ab").seen_labelled("a")


@pytest.mark.parametrize("groups", [["a"] * 3, ["a"] * 9 + ["b"], ["b"] + ["a"] * 6], ids=str)
def test_rarer_namesake(groups: list[str]) -> None:
    assert habit(*groups).writes_rather_to("a", "b")
    assert not habit(*groups).writes_rather_to("b", "a")


@pytest.mark.parametrize("groups", [[], ["a"] * 2, ["b"] + ["a"] * 3, ["ab"] * 20], ids=str)
def test_neither_namesake_is_rare(groups: list[str]) -> None:
    assert not habit(*groups).writes_rather_to("a", "b")
    assert not habit(*groups).writes_rather_to("b", "a")


def test_what_is_long_ago_counts_less() -> None:
    long_ago = DAY - timedelta(days=270)
    old = [Gathering(str(at), long_ago, labelled=False, recipients=frozenset("a")) for at in range(40)]
    new = [Gathering(f"new {at}", DAY, labelled=False, recipients=frozenset("b")) for at in range(2)]
    both = Habit([*new, *old])
    assert [both.times(one) for one in "abc"] == [Times(40, 5.0, long_ago), Times(2, 2.0, DAY), Times()]
    assert not both.writes_rather_to("a", "b")


LEARNING, SENDS, SENDERS = 60, 400, 12
USUAL = 5
"""A team that got so many of the mails learned from is a usual one."""


def _life(kind: Kind, seed: str) -> Iterator[tuple[Sender, list[Gathering], Gathering]]:
    """The sender at each send, with what was learned so far."""
    sender = Sender(kind, Random(seed))  # noqa: S311 - invented mail
    learned: list[Gathering] = []
    for send in sender.sends(SENDS):
        if len(learned) >= LEARNING:
            yield sender, learned[:200], send
        learned.insert(0, send)


def _slips(sender: Sender, learned: list[Gathering]) -> Iterator[tuple[str, frozenset[str], str | None, str | None]]:
    """Slips with a usual team of three or more: what kind, the recipients, who is wrong, who is left out.

    Who is wrong is somebody whom the sender writes to otherwise (as autocompletion offers), or a stranger.
    """
    random, team = sender.random, sender.team()
    if len(team) < 3 or sum(team <= one.recipients for one in learned) < USUAL:
        return
    elsewhere = frozenset[str]().union(*(one.recipients for one in learned)) - team
    wrong = random.choice(sorted(elsewhere)) if random.random() < 0.6 else sender.stranger()
    member = random.choice(sorted(team))
    yield "replaced", team - {member} | {wrong}, wrong, member
    yield "added", team | {wrong}, wrong, None
    yield "left out", team - {member}, None, member


def _measured(name: str, kind: Kind) -> Counter[str]:
    """How many ordinary sends and slips there were, and how many of each were told of."""
    count: Counter[str] = Counter()
    for number in range(SENDERS):
        for at, (sender, learned, send) in enumerate(_life(kind, f"{name} {number}")):
            earlier = Habit(learned)
            noticed = earlier.notice(send.recipients)
            count["ordinary"] += 1
            count["ordinary told"] += bool(noticed.odd_one_out or noticed.usual_missing)
            count["labelled"] += send.labelled
            count["labelled told"] += send.labelled and bool(noticed.first_time)
            for what, present, wrong, member in _slips(sender, learned) if at % 5 == 0 else ():
                noticed = earlier.notice(present)
                count[what] += 1
                count[f"{what} told"] += (noticed.odd_one_out, noticed.usual_missing) == (wrong, member)
    return count


def _uneven(kind: Kind, times: float) -> Kind:
    """The same with so many times as much that is ordinary and looks like a slip."""
    looks_so = ("part", "guest", "substitute")
    return replace(kind, shares={what: share * times ** (what in looks_so) for what, share in kind.shares.items()})


@pytest.mark.parametrize(
    ("times", "bothered", "replaced", "added", "left_out"),
    [(0.3, 0.015, 0.90, 0.60, 0.70), (1.0, 0.020, 0.90, 0.30, 0.40), (3.0, 0.025, 0.50, 0.0, 0.0)],
)
def test_senders_are_seldom_bothered_and_often_helped(
    times: float, bothered: float, replaced: float, added: float, left_out: float
) -> None:
    """Of four kinds of senders. Whose mail is uneven is not bothered more, but helped less."""
    count = sum((_measured(name, _uneven(kind, times)) for name, kind in KINDS.items()), Counter[str]())
    told = {what: count[f"{what} told"] / number for what, number in count.items() if not what.endswith("told")}
    assert told["ordinary"] <= bothered
    assert told["replaced"] >= replaced
    assert told["added"] >= added
    assert told["left out"] >= left_out
    # Too many for a question, whoever asks: a fact to show.
    assert 0.2 < told["labelled"] < 0.5


@pytest.mark.parametrize("size", [20, 50, 500])
def test_fullest_sender_is_judged_quickly(size: int) -> None:
    people = [f"{number:032x}" for number in range(size + 90)]
    groups = [frozenset(people[7 * at % 90 :][:size]) for at in range(200)]
    gatherings = [Gathering(str(at), DAY, labelled=True, recipients=group) for at, group in enumerate(groups)]
    present = frozenset(people[1 : min(size, 50)])
    seconds = []
    for _ in range(10):
        start = perf_counter()
        Habit(gatherings).notice(present)
        seconds.append(perf_counter() - start)
    assert min(seconds) < 0.002
