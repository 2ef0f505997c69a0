"""What an approval is good for: the draft it was given for, once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from backend.domain.draft import Attachment, BodyFormat, Draft, DraftKind
from backend.domain.errors import Unavailable
from backend.domain.forwarding import DisclosureReason, RequestStatus
from backend.domain.label import Category, Label
from backend.domain.threads import NO_STANDING, ThreadStanding
from backend.store.database import open_database
from backend.workflow.forward_content import content_of
from backend.workflow.forward_view import ForwardDecision
from backend.workflow.record_keys import RecordKeys
from tests.backend.store.conftest import engine, postgresql, postgresql_url, url  # noqa: F401 - fixtures
from tests.backend.workflow.asking import (
    JOHAN_ADDRESS,
    KERSTIN,
    OMAR,
    OMAR_ADDRESS,
    QUOTED,
    SARA,
    STRANGER,
    Asking,
    forward,
    open_asking,
)

YES = ForwardDecision(approve=True)
BOTH = (JOHAN_ADDRESS, OMAR_ADDRESS)
OTHER_QUOTED = QUOTED.replace("pappa", "mamma")
FILE = Attachment("beslut.pdf", content=b"%PDF")
UNKNOWN = Attachment("brev.eml", "message/rfc822")
THREAD, OTHER_THREAD = "7" * 32, "8" * 32


@pytest.fixture
def asking(engine: Engine, tmp_path: Path) -> Asking:  # noqa: F811 - the fixture
    return open_asking(engine, tmp_path)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Asking:
    return open_asking(open_database(f"sqlite:///{tmp_path / 'records.sqlite3'}"), tmp_path)


def approved(asking: Asking, draft: Draft, decision: ForwardDecision = YES) -> str:
    request = asking.asked(draft)
    asking.desk.decide(request, decision, KERSTIN)
    return request


def test_an_approval_is_used_once_and_again_in_its_own_session(asking: Asking) -> None:
    approval = approved(asking, forward())
    leaving = asking.leaving(forward())
    first, again = asking.use(approval, leaving), asking.use(approval, leaving)
    assert first is not None
    assert first == again
    assert first.status is RequestStatus.USED
    for session in ("session-2", None):
        assert asking.use(approval, asking.leaving(forward(session=session))) is None
    assert asking.events().count("approval_used") == 1
    asking.clock.forward(48)
    assert asking.use(approval, leaving) is None


def test_without_a_session_it_is_used_strictly_once(asking: Asking) -> None:
    draft = forward(session=None)
    approval = approved(asking, draft)
    assert asking.use(approval, asking.leaving(draft)) is not None
    assert asking.use(approval, asking.leaving(draft)) is None


def test_of_many_sends_at_once_one_uses_it(asking: Asking) -> None:
    approval = approved(asking, forward())
    leavings = [asking.leaving(forward(session=f"session-{number}")) for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda one: asking.use(approval, one), leavings))
    assert len([one for one in outcomes if one is not None]) == 1
    assert asking.events().count("approval_used") == 1


def test_use_without_having_asked_whether_it_may_does_nothing(on_sqlite: Asking) -> None:
    approval = approved(on_sqlite, forward())
    leaving = on_sqlite.leaving(forward(), OMAR)
    now = on_sqlite.clock()
    with pytest.raises(Unavailable):
        on_sqlite.store.run("granvik", lambda work: on_sqlite.approvals.use(work, approval, leaving, now))
    assert on_sqlite.kept(approval).status is RequestStatus.APPROVED


@pytest.mark.parametrize(
    ("draft", "fits"),
    [
        (forward("", *BOTH), True),
        (forward("", JOHAN_ADDRESS), True),
        (forward("", JOHAN_ADDRESS.upper(), f" {OMAR_ADDRESS} "), True),
        (forward("", *BOTH, "bo.lind@gmail.com"), False),
        (forward("", "bo.lind@gmail.com"), False),
        (replace(forward(), recipients=()), False),
        (forward("Hej, se nedan. Hör av dig om du undrar.", *BOTH), True),
        (forward("Tuva Lind är dessutom gravid.", *BOTH), False),
        (forward("", *BOTH, quoted=OTHER_QUOTED), False),
        (forward("", *BOTH, quoted=f"{QUOTED} Ring polisen."), False),
        (forward("", *BOTH, quoted=QUOTED.replace(". ", ".\n\n").replace(" och ", "\noch ")), True),
        (forward("", *BOTH, attachments=(FILE,)), False),
        (forward("", *BOTH, subject="Möte"), True),
        (forward("", *BOTH, subject="FW: VB: Möte"), True),
        (forward("", *BOTH, subject="Tuva Lind är gravid"), False),
    ],
)
def test_the_draft_it_was_given_for(on_sqlite: Asking, draft: Draft, fits: bool) -> None:  # noqa: FBT001 - a table's column
    approval = approved(on_sqlite, forward("", *BOTH))
    assert (on_sqlite.usable(approval, on_sqlite.leaving(draft)) is not None) is fits


@pytest.mark.parametrize(
    ("files", "fits"),
    [
        ((FILE,), True),
        ((replace(FILE, name="BESLUT.pdf"),), True),
        ((replace(FILE, content=b"other"),), False),
        ((replace(FILE, name="annat.pdf"),), False),
        ((replace(FILE, content=None),), False),
        ((FILE, FILE), False),
        ((), False),
    ],
)
def test_attachments_belong_to_what_is_forwarded(
    on_sqlite: Asking,
    files: tuple[Attachment, ...],
    fits: bool,  # noqa: FBT001 - a table's column
) -> None:
    approval = approved(on_sqlite, forward(attachments=(FILE,)))
    assert (on_sqlite.usable(approval, on_sqlite.leaving(forward(attachments=files))) is not None) is fits


@pytest.mark.parametrize(
    ("files", "fits"),
    [
        ((UNKNOWN,), True),
        ((replace(UNKNOWN, name="BREV.EML", content_type="Message/RFC822; x=y"),), True),
        ((replace(UNKNOWN, name="annat.eml"),), False),
        ((replace(UNKNOWN, content_type="text/plain"),), False),
        ((replace(UNKNOWN, content=b""),), False),
        ((replace(UNKNOWN, content=b"From: a"),), False),
        ((UNKNOWN, UNKNOWN), False),
    ],
)
def test_a_file_that_was_not_known_is_not_known_at_send_either(
    on_sqlite: Asking,
    files: tuple[Attachment, ...],
    fits: bool,  # noqa: FBT001 - a table's column
) -> None:
    approval = approved(on_sqlite, forward(attachments=(UNKNOWN,)))
    assert (on_sqlite.usable(approval, on_sqlite.leaving(forward(attachments=files))) is not None) is fits


def test_of_no_other_flagged_thread_and_of_none_where_nobody_has_looked(on_sqlite: Asking) -> None:
    on_sqlite.flag(THREAD, "c-1")
    draft = forward(conversation_id="c-1")
    approval = approved(on_sqlite, draft)

    def fits(*threads: str) -> bool:
        leaving = on_sqlite.leaving(draft, standing=ThreadStanding(Label.MYCKET_KANSLIG, threads))
        return on_sqlite.usable(approval, leaving) is not None

    assert [fits(), fits(THREAD), fits(THREAD, OTHER_THREAD)] == [True, True, False]
    never_looked = on_sqlite.approvals.leaving(draft, SARA, Label.MYCKET_KANSLIG, [])
    assert on_sqlite.usable(approval, never_looked) is None


def test_the_thread_that_its_own_use_flagged_is_covered_and_no_other(on_sqlite: Asking) -> None:
    approval = approved(on_sqlite, forward())
    leaving = on_sqlite.leaving(forward())
    on_sqlite.use(approval, replace(leaving, flagged=THREAD))
    assert on_sqlite.kept(approval).threads == (THREAD,)
    again = leaving.within(ThreadStanding(Label.MYCKET_KANSLIG, (THREAD,)))
    assert on_sqlite.use(approval, again) is not None
    assert on_sqlite.use(approval, leaving.within(ThreadStanding(Label.KANSLIG, (OTHER_THREAD,)))) is None
    assert on_sqlite.events().count("approval_used") == 1


def test_one_for_a_mail_is_not_one_for_a_booking(on_sqlite: Asking) -> None:
    approval = approved(on_sqlite, forward())
    booking = replace(forward(), kind=DraftKind.APPOINTMENT)
    assert on_sqlite.usable(approval, on_sqlite.leaving(booking)) is None


def test_a_part_approval_is_for_those_alone(on_sqlite: Asking) -> None:
    only_omar = ForwardDecision(approve=True, recipients=frozenset({OMAR_ADDRESS.title()}))
    approval = approved(on_sqlite, forward("", *BOTH), only_omar)
    assert on_sqlite.usable(approval, on_sqlite.leaving(forward("", *BOTH))) is None
    assert on_sqlite.usable(approval, on_sqlite.leaving(forward("", OMAR_ADDRESS))) is not None


@pytest.mark.parametrize(
    ("label", "categories", "fits"),
    [
        (Label.KANSLIG, [Category.HEALTH], True),
        (Label.NONE, [], True),
        (Label.MYCKET_KANSLIG, [Category.HEALTH], False),
        (Label.KANSLIG, [Category.HEALTH, Category.CRIMINAL], False),
    ],
)
def test_nothing_more_sensitive_than_was_asked(
    on_sqlite: Asking,
    label: Label,
    categories: list[Category],
    fits: bool,  # noqa: FBT001 - a table's column
) -> None:
    draft = forward()
    verdict = on_sqlite.verdict(draft, Label.KANSLIG, [Category.HEALTH])
    request = on_sqlite.asked(draft, verdict=verdict)
    on_sqlite.desk.decide(request, YES, KERSTIN)
    leaving = on_sqlite.leaving(draft, label=label, categories=categories)
    assert (on_sqlite.usable(request, leaving) is not None) is fits


def test_for_nobody_else_and_not_before_or_after(asking: Asking) -> None:
    request = asking.asked()
    leaving = asking.leaving(forward())
    assert asking.usable(request, leaving) is None
    asking.desk.decide(request, YES, KERSTIN)
    assert asking.usable(request, leaving) is not None
    for person in (OMAR, KERSTIN, STRANGER):
        assert asking.usable(request, asking.leaving(forward(), person)) is None
    for unknown in ("", "0" * 32, f"{request}\x00", "\ud800" * 32):
        assert asking.usable(unknown, leaving) is None
    asking.clock.forward(48)
    assert asking.usable(request, leaving) is None


def test_the_latest_request_is_the_one_that_leads_on(on_sqlite: Asking) -> None:
    def newest(standing: ThreadStanding = NO_STANDING, **fields: Any) -> str | None:  # noqa: ANN401 - Draft's fields
        now, draft = on_sqlite.clock(), forward(**fields)
        found = on_sqlite.store.look(
            "granvik", lambda work: on_sqlite.approvals.latest(work, draft, SARA, standing, now)
        )
        return found.id if found else None

    assert newest() is None
    refused = on_sqlite.asked()
    on_sqlite.desk.decide(refused, ForwardDecision(approve=False), KERSTIN)
    on_sqlite.clock.forward(1)
    good = approved(on_sqlite, forward())
    on_sqlite.clock.forward(1)
    waiting = on_sqlite.asked(reason=DisclosureReason.DUTY)
    assert newest() == good
    assert newest(ThreadStanding(Label.KANSLIG, (THREAD,))) == waiting
    on_sqlite.use(good, on_sqlite.leaving(forward()))
    assert newest() == good
    assert newest(session="another") == waiting
    assert newest(quoted=OTHER_QUOTED) is None


WORDS = st.lists(st.sampled_from(["Tuva", "är", "placerad,", "enligt", "LVU.", "Ähum", "42", "x-y"]), min_size=1)
BREAKS = st.sampled_from([" ", "\n", "  ", "\n\n", "\t", "\u00a0", "\u200b ", " \u00ad"])


@given(WORDS, st.data())
def test_only_the_words_of_what_is_forwarded_count(words: list[str], drawn: st.DataObject) -> None:
    keys = RecordKeys(b"secret")

    def digest(text: str, **fields: Any) -> str:  # noqa: ANN401 - Draft's fields
        return content_of(Draft("", text, **fields), keys, "granvik", ["vb"]).content

    broken = "".join(f"{word}{drawn.draw(BREAKS)}" for word in words)
    plain = " ".join(words)
    assert digest(broken) == digest(plain)
    assert digest(f"<p>{plain}</p>", body_format=BodyFormat.HTML) == digest(plain)
    assert digest(f"{plain} till") != digest(plain)
    assert content_of(Draft("", plain), keys, "elsewhere", []).content != digest(plain)


@pytest.mark.parametrize(
    "build",
    [
        lambda size: "a" * size,
        lambda size: "a " * (size // 2),
        lambda size: "> " * (size // 2),
        lambda size: "Från: a\n" * (size // 8),
    ],
)
def test_a_long_text_takes_no_longer_than_it_is(build: Callable[[int], str]) -> None:
    content_of(Draft("VB: " * 2_000, build(1_000_000)), RecordKeys(b"secret"), "granvik", ["vb"])
