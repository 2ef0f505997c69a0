"""What counts as a forward: every compose type × prefix × way of belonging × newcomer, and who is spared."""

from itertools import product
from typing import Any

import pytest

from backend.domain.draft import ComposeType
from backend.domain.label import Label
from backend.domain.threads import MarkKind, Signal
from backend.threads.forwards import Appearance, Belonging, forward_signals
from backend.threads.matching import Likeness
from backend.threads.subject_prefix import Prefix

NEW, REPLY, FORWARD = ComposeType
OWN = {Signal.COMPOSE_TYPE, Signal.SUBJECT_PREFIX}
BY_ID = frozenset({MarkKind.CONVERSATION})


def belonging(
    *found_by: MarkKind,
    content: bool | Likeness = False,
    outsiders: bool = False,
    **more: Any,  # noqa: ANN401 - Belonging's fields
) -> Belonging:
    like = Likeness.SAME if content is True else content or None
    thread = more.pop("thread", "a")
    return Belonging(thread, Label.KANSLIG, frozenset(found_by), content=like, outsiders=outsiders, **more)


def signals(
    compose_type: ComposeType, prefix: Prefix, *threads: Belonging, labelled: bool = False, attached_mail: bool = False
) -> str:
    found = forward_signals(Appearance(compose_type, prefix, labelled, attached_mail), threads)
    return " ".join(sorted(found))


N, S, V = Prefix.NONE, Prefix.REPLY, Prefix.FORWARD
TABLE = [
    # type, prefix, found by ids, by content, newcomer: signals
    (NEW, N, False, False, False, ""),
    (NEW, S, False, False, False, ""),
    (NEW, V, False, False, False, "subject_prefix"),
    (REPLY, N, False, False, False, ""),
    (REPLY, S, False, False, False, ""),
    (REPLY, V, False, False, False, "subject_prefix"),
    (FORWARD, N, False, False, False, "compose_type"),
    (FORWARD, S, False, False, False, "compose_type"),
    (FORWARD, V, False, False, False, "compose_type subject_prefix"),
    (NEW, N, True, False, False, "unknown_type"),
    (NEW, N, True, False, True, "unknown_type"),
    (NEW, N, False, True, False, "content"),
    (NEW, N, False, True, True, "content"),
    (NEW, N, True, True, False, "content unknown_type"),
    (NEW, N, True, True, True, "content unknown_type"),
    (NEW, S, True, False, False, ""),
    (NEW, S, True, False, True, "new_recipient unknown_type"),
    (NEW, S, False, True, False, ""),
    (NEW, S, False, True, True, "content new_recipient"),
    (NEW, S, True, True, False, ""),
    (NEW, S, True, True, True, "content new_recipient unknown_type"),
    (NEW, V, True, False, False, "subject_prefix unknown_type"),
    (NEW, V, True, False, True, "subject_prefix unknown_type"),
    (NEW, V, False, True, False, "content subject_prefix"),
    (NEW, V, False, True, True, "content subject_prefix"),
    (NEW, V, True, True, False, "content subject_prefix unknown_type"),
    (NEW, V, True, True, True, "content subject_prefix unknown_type"),
    *((REPLY, prefix, *by, False, "") for prefix in (N, S) for by in ((True, False), (False, True), (True, True))),
    *(
        (REPLY, prefix, *by, True, "new_recipient")
        for prefix in (N, S)
        for by in ((True, False), (False, True), (True, True))
    ),
    *((REPLY, V, *by, False, "subject_prefix") for by in ((True, False), (False, True), (True, True))),
    *((REPLY, V, *by, True, "new_recipient subject_prefix") for by in ((True, False), (False, True), (True, True))),
    *(
        (FORWARD, prefix, *by, newcomer, "compose_type" + more)
        for prefix, more in ((N, ""), (V, " subject_prefix"))
        for by in ((True, False), (False, True), (True, True))
        for newcomer in (False, True)
    ),
    *((FORWARD, S, *by, False, "compose_type") for by in ((True, False), (False, True), (True, True))),
    *((FORWARD, S, *by, True, "compose_type new_recipient") for by in ((True, False), (False, True), (True, True))),
]


def test_table_has_every_combination() -> None:
    belongs = [(True, False), (False, True), (True, True)]
    flagged = [
        (kind, prefix, *by, new) for kind, prefix, by, new in product(ComposeType, Prefix, belongs, (False, True))
    ]
    free = [(kind, prefix, False, False, False) for kind, prefix in product(ComposeType, Prefix)]
    assert {row[:5] for row in TABLE} == {*flagged, *free}
    assert len(TABLE) == len(flagged) + len(free)


@pytest.mark.parametrize(("kind", "prefix", "ids", "content", "newcomer", "expected"), TABLE)
def test_what_counts_as_a_forward(  # noqa: PLR0913 - the columns of the table
    kind: ComposeType, prefix: Prefix, *, ids: bool, content: bool, newcomer: bool, expected: str
) -> None:
    thread = belonging(*(BY_ID if ids else ()), content=content, outsiders=newcomer)
    assert signals(kind, prefix, *([thread] if ids or content else [])) == expected


@pytest.mark.parametrize("prefix", Prefix)
@pytest.mark.parametrize("kind", ComposeType)
@pytest.mark.parametrize(
    "thread",
    [
        belonging(MarkKind.SESSION, content=True),
        belonging(MarkKind.SESSION, MarkKind.CONVERSATION, content=True, outsiders=True),
        belonging(MarkKind.DRAFT, content=True),
        belonging(MarkKind.DRAFT, MarkKind.MESSAGE, content=True),
    ],
)
def test_the_same_draft_checked_again_is_no_forward_of_itself(
    thread: Belonging, kind: ComposeType, prefix: Prefix
) -> None:
    assert set(signals(kind, prefix, thread).split()) <= {one.value for one in OWN}
    other = belonging(MarkKind.CONVERSATION, outsiders=True)
    assert signals(kind, prefix, thread, other) == signals(kind, prefix, other)


@pytest.mark.parametrize(
    ("thread", "kind", "prefix", "expected"),
    [
        (belonging(MarkKind.DRAFT, outsiders=True), NEW, N, "content"),
        (belonging(MarkKind.DRAFT, known=False), NEW, N, "content"),
        # Of old threads nobody knows who takes part: an answer is let go, what may be none is not.
        (belonging(*BY_ID, outsiders=True, known=False), REPLY, S, ""),
        (belonging(*BY_ID, outsiders=True, known=False), NEW, S, "unknown_type"),
        (belonging(*BY_ID, outsiders=True, known=False), FORWARD, N, "compose_type"),
        (belonging(attached=True), REPLY, S, "attached_item"),
        (belonging(attached=True), NEW, N, "attached_item"),
        (belonging(MarkKind.SESSION, attached=True), REPLY, S, "attached_item"),
        (belonging(attached=True, outsiders=True), REPLY, S, "attached_item new_recipient"),
    ],
)
def test_special_cases(thread: Belonging, kind: ComposeType, prefix: Prefix, expected: str) -> None:
    assert signals(kind, prefix, thread) == expected


@pytest.mark.parametrize(("labelled", "attached_mail"), [*product((False, True), repeat=2)])
def test_a_mail_attached_to_a_labelled_draft_is_a_forward(*, labelled: bool, attached_mail: bool) -> None:
    expected = "attached_item" if labelled and attached_mail else ""
    assert signals(NEW, N, labelled=labelled, attached_mail=attached_mail) == expected


PASSAGE, SIMILAR = Likeness.PASSAGE, Likeness.SIMILAR
ITS_OWN = belonging(MarkKind.CONVERSATION, content=PASSAGE, shared=9)
FORM = belonging(content=PASSAGE, shared=12, outsiders=True, thread="form letter")
LIKE = belonging(content=SIMILAR, shared=30, outsiders=True, thread="form letter")


@pytest.mark.parametrize(
    ("kind", "labelled", "threads", "expected"),
    [
        (NEW, False, [belonging(content=PASSAGE)], "passage"),
        (NEW, True, [belonging(content=PASSAGE)], "content passage"),
        (NEW, False, [LIKE], "similar"),
        (NEW, True, [LIKE], "similar"),
        # The answer is to its own thread: sentences of a form letter to somebody else are no news.
        (REPLY, True, [ITS_OWN, FORM], ""),
        (REPLY, True, [ITS_OWN, LIKE], ""),
        (REPLY, True, [ITS_OWN, belonging(content=True, outsiders=True, thread="b")], "new_recipient"),
        (REPLY, True, [belonging(content=PASSAGE, shared=15), FORM], ""),
        (REPLY, True, [FORM], "new_recipient"),
        (REPLY, True, [LIKE], ""),
    ],
)
def test_what_is_only_like_a_flagged_text(
    kind: ComposeType, threads: list[Belonging], expected: str, *, labelled: bool
) -> None:
    assert signals(kind, N, *threads, labelled=labelled) == expected


@pytest.mark.parametrize(
    ("thread", "joins"),
    [
        (belonging(MarkKind.CONVERSATION, outsiders=True), True),
        (belonging(MarkKind.SESSION), True),
        (belonging(content=True), True),
        (belonging(content=True, outsiders=True), False),
        (belonging(content=True, known=False), False),
        (belonging(content=PASSAGE), False),
        (belonging(content=SIMILAR), False),
    ],
)
def test_what_a_send_becomes_part_of(thread: Belonging, *, joins: bool) -> None:
    assert thread.joins is joins
