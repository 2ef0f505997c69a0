"""What follows from a label or finding, row by row of the label rules."""

from dataclasses import replace

import pytest

from backend.decision.facts import draft_facts, finding_facts, label_facts, sending_facts
from backend.decision.levels import categories_of
from backend.decision.obligations import obligations_of, send_decision, tips_of
from backend.decision.policy import read_policy
from backend.decision.recipients import decide_recipients
from backend.domain.assessment import Obligation
from backend.domain.detected import Identity
from backend.domain.draft import Draft
from backend.domain.finding import Finding
from backend.domain.label import Category, Label, SendDecision
from backend.domain.recipient import RecipientVerdict
from backend.domain.sending import Circumstances
from backend.domain.threads import Signal, ThreadStanding
from tests.backend.factories import booking, draft, finding, judged

C, V = Category, RecipientVerdict
ALLOW, PROMPT, BLOCK = SendDecision.ALLOW, SendDecision.PROMPT, SendDecision.BLOCK
NONE, KANSLIG, MYCKET = Label.NONE, Label.KANSLIG, Label.MYCKET_KANSLIG
POLICY = read_policy("standard")
TO = "anna@example.se"
CONFIRMED = frozenset({TO})
GROUND = {"sensitive": "health_social_care"}
TEAMS = "https://teams.microsoft.com/l/meetup-join/1"
SECURE = "https://securemeeting.example/1"
IN_CASE = Identity(person_in_case=True)
READY = Circumstances(judged(V.VERIFIED), GROUND, CONFIRMED)
FLAGGED = ThreadStanding(KANSLIG, ("1",))
FORWARD = ThreadStanding(signals=frozenset({Signal.COMPOSE_TYPE}))
FLAGGED_FORWARD = replace(FLAGGED, signals=FORWARD.signals)


def _obligations(
    given: Draft,
    suggested: Label,
    *findings: Finding,
    circumstances: Circumstances = Circumstances(),  # noqa: B008 - immutable
    identity: Identity = Identity(),  # noqa: B008 - immutable
) -> tuple[Obligation, ...]:
    rules = POLICY.rules
    facts = (
        finding_facts(identity, findings, likely_severe=False)
        | draft_facts(given, rules, given.body.lower())
        | label_facts(given, suggested, categories_of(findings), rules)
    )
    label = max(suggested, given.label or NONE, key=lambda label: label.rank)
    decided = decide_recipients(rules.recipients, circumstances.recipients, label)
    return obligations_of(POLICY, facts | sending_facts(given, circumstances, decided, rules), label)


def _unmet(obligations: tuple[Obligation, ...]) -> dict[str, SendDecision]:
    return {one.code + (f":{one.ground}" if one.ground else ""): one.decision for one in obligations if not one.met}


HEALTH, NUMBER, PHOTO = finding(C.HEALTH), finding(C.PERSONNUMMER), finding(C.PHOTO)
LABELLED = draft("", TO, label=KANSLIG)
TABLE = [
    pytest.param(draft("", TO), NONE, (), Circumstances(judged(V.EXTERNAL)), {}, id="nothing"),
    pytest.param(
        draft("", TO), KANSLIG, (HEALTH,), READY, {"set_label": BLOCK, "use_secure_channel": PROMPT}, id="label missing"
    ),
    pytest.param(
        draft("", TO, label=KANSLIG),
        MYCKET,
        (HEALTH,),
        READY,
        {"set_label": BLOCK, "use_secure_channel": PROMPT},
        id="label too low",
    ),
    pytest.param(
        draft("", TO, label=NONE),
        KANSLIG,
        (HEALTH,),
        READY,
        {"set_label": BLOCK, "use_secure_channel": PROMPT},
        id="label refused",
    ),
    pytest.param(
        draft("", TO, label=MYCKET), KANSLIG, (HEALTH,), READY, {"use_secure_channel": PROMPT}, id="label stricter"
    ),
    pytest.param(
        LABELLED,
        KANSLIG,
        (HEALTH,),
        Circumstances(judged(V.VERIFIED), {}, CONFIRMED),
        {"use_secure_channel": PROMPT, "state_ground:sensitive": PROMPT},
        id="ground missing",
    ),
    pytest.param(
        LABELLED,
        KANSLIG,
        (HEALTH,),
        Circumstances(judged(V.VERIFIED), {"sensitive": "because"}, CONFIRMED),
        {"use_secure_channel": PROMPT, "state_ground:sensitive": PROMPT},
        id="ground unknown",
    ),
    pytest.param(
        LABELLED,
        KANSLIG,
        (HEALTH,),
        Circumstances(judged(V.VERIFIED), {"sensitive": "agreement"}, CONFIRMED),
        {"use_secure_channel": PROMPT, "state_ground:sensitive": PROMPT},
        id="ground of another kind",
    ),
    pytest.param(
        LABELLED,
        KANSLIG,
        (finding(C.PERSONNEL),),
        Circumstances(judged(V.VERIFIED), {}, CONFIRMED),
        {"use_secure_channel": PROMPT},
        id="no article 9, no ground",
    ),
    pytest.param(
        LABELLED,
        NONE,
        (),
        Circumstances(judged(V.VERIFIED), {}, CONFIRMED),
        {"use_secure_channel": PROMPT},
        id="label by hand on a harmless draft",
    ),
    pytest.param(
        LABELLED,
        KANSLIG,
        (),
        Circumstances(judged(V.VERIFIED)),
        {"use_secure_channel": PROMPT, "verify_recipients": BLOCK},
        id="recipients not confirmed",
    ),
    pytest.param(
        draft("", TO, "bo@example.se", label=KANSLIG),
        KANSLIG,
        (),
        READY,
        {"use_secure_channel": PROMPT, "verify_recipients": BLOCK},
        id="recipients confirmed partly",
    ),
    pytest.param(
        draft("", label=KANSLIG),
        KANSLIG,
        (),
        READY,
        {"use_secure_channel": PROMPT, "verify_recipients": BLOCK},
        id="no recipients",
    ),
    pytest.param(
        draft("", TO),
        NONE,
        (NUMBER,),
        Circumstances(judged(V.EXTERNAL)),
        {"state_ground:personnummer": PROMPT},
        id="personnummer",
    ),
    pytest.param(
        draft("", TO),
        NONE,
        (NUMBER,),
        Circumstances(judged(V.EXTERNAL), {"personnummer": "purpose"}),
        {},
        id="personnummer with ground",
    ),
    pytest.param(
        draft("", TO),
        NONE,
        (finding(C.PERSONNUMMER, about=False),),
        Circumstances(),
        {},
        id="no personnummer after all",
    ),
    pytest.param(draft("", TO), NONE, (PHOTO,), Circumstances(), {"state_photo_basis:photo": PROMPT}, id="photo"),
    pytest.param(
        draft("", TO), NONE, (PHOTO,), Circumstances(grounds={"photo": "agreement"}), {}, id="photo with basis"
    ),
    pytest.param(
        draft("", TO), NONE, (), Circumstances(judged(V.PRIVATE)), {"move_to_work_mail": PROMPT}, id="private"
    ),
    pytest.param(
        LABELLED,
        NONE,
        (),
        Circumstances(judged(V.PRIVATE), {}, CONFIRMED),
        {"use_secure_channel": BLOCK, "move_to_work_mail": BLOCK},
        id="private with a label",
    ),
    pytest.param(
        draft("", TO, forward=True),
        NONE,
        (),
        Circumstances(thread=FLAGGED_FORWARD),
        {"request_forward_approval": BLOCK},
        id="harmless forward of a flagged thread",
    ),
    pytest.param(
        draft("", TO, forward=True),
        NONE,
        (),
        Circumstances(thread=FLAGGED_FORWARD, approved=True),
        {},
        id="approved forward",
    ),
    pytest.param(draft("", TO), NONE, (), Circumstances(thread=FLAGGED), {}, id="new in a flagged thread"),
    pytest.param(draft("", TO, forward=True), NONE, (), Circumstances(thread=FORWARD), {}, id="harmless forward"),
    pytest.param(
        draft("", TO, forward=True, label=KANSLIG),
        KANSLIG,
        (),
        replace(READY, thread=FORWARD),
        {"use_secure_channel": PROMPT, "request_forward_approval": BLOCK},
        id="forward of something sensitive",
    ),
    pytest.param(booking(), NONE, (), Circumstances(), {}, id="booking"),
    pytest.param(
        booking(files=["a.pdf"], online_meeting_url=TEAMS),
        NONE,
        (),
        Circumstances(),
        {},
        id="harmless Teams booking with a file",
    ),
]


@pytest.mark.parametrize(("given", "suggested", "findings", "circumstances", "unmet"), TABLE)
def test_what_is_asked(
    given: Draft,
    suggested: Label,
    findings: tuple[Finding, ...],
    circumstances: Circumstances,
    unmet: dict[str, SendDecision],
) -> None:
    obligations = _obligations(given, suggested, *findings, circumstances=circumstances)
    assert _unmet(obligations) == unmet
    assert send_decision(obligations) is max(unmet.values(), key=lambda one: one.rank, default=ALLOW)


@pytest.mark.parametrize("verdict", V)
@pytest.mark.parametrize("label", [KANSLIG, MYCKET])
def test_labelled_mail_stays_inside_or_is_blocked(verdict: RecipientVerdict, label: Label) -> None:
    circumstances = Circumstances(judged(V.VERIFIED, verdict), GROUND, CONFIRMED)
    inside = verdict in {V.VERIFIED, V.OTHER_UNIT, V.GROUP}
    decision = send_decision(_obligations(draft("", TO, label=label), label, HEALTH, circumstances=circumstances))
    assert decision is (PROMPT if inside else BLOCK)


BOOKINGS = [
    ("person in case", booking(), NONE, IN_CASE, {"neutral_subject": PROMPT}),
    ("labelled", booking(), KANSLIG, Identity(), {"neutral_subject": BLOCK, "meeting_checklist": PROMPT}),
    ("Teams", booking(online_meeting_url=TEAMS), KANSLIG, Identity(), {"use_secure_meeting": BLOCK}),
    ("link in the text", booking("", f"Anslut: {TEAMS}"), KANSLIG, IN_CASE, {"use_secure_meeting": BLOCK}),
    ("secure meeting", booking(online_meeting_url=SECURE), KANSLIG, Identity(), {"neutral_subject": BLOCK}),
    ("files", booking(files=["a.pdf"]), KANSLIG, Identity(), {"share_in_folder": PROMPT}),
]
ONLY_SOMETIMES = {"use_secure_meeting", "share_in_folder"}


@pytest.mark.parametrize(
    ("given", "label", "identity", "asked"), [pytest.param(*row[1:], id=row[0]) for row in BOOKINGS]
)
def test_booking(given: Draft, label: Label, identity: Identity, asked: dict[str, SendDecision]) -> None:
    unmet = _unmet(_obligations(given, label, identity=identity))
    assert asked.items() <= unmet.items()
    assert unmet.keys() & ONLY_SOMETIMES == asked.keys() & ONLY_SOMETIMES
    assert "use_secure_channel" not in unmet


@pytest.mark.parametrize(("label", "level"), [(KANSLIG, "LOA2"), (MYCKET, "LOA3")])
def test_channel_and_level_are_named(label: Label, level: str) -> None:
    texts = {one.code: one.text for one in _obligations(draft("", TO), label)}
    assert "Sefos" in texts["use_secure_channel"]
    assert level in texts["use_secure_channel"]
    assert POLICY.label(label).name in texts["set_label"]


@pytest.mark.parametrize("policy", ["standard", "motala", "ronneby"])
def test_every_text_can_be_filled_in(policy: str) -> None:
    read = read_policy(policy)
    every = frozenset().union(*(rule.when for rule in read.rules.obligation)) - {
        "flagged_thread",
        "attached_unread",
        "person_in_case",
    }
    texts = [one.text for label in Label for one in obligations_of(read, every, label)]
    assert texts
    assert not [text for text in texts if "{" in text or "}" in text]


def test_plain_absence_gives_a_tip_unless_labelled() -> None:
    assert len(tips_of(POLICY, frozenset({"plain_absence"}))) == 1
    assert tips_of(POLICY, frozenset({"plain_absence", "labelled"})) == ()
    assert tips_of(POLICY, frozenset()) == ()
