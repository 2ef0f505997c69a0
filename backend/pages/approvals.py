"""Forward requests that wait for an answer: what is asked, and yes or no. Never the mail's text."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from backend.api.access import Access, current_person, demands
from backend.domain.draft import Mailbox
from backend.domain.errors import CodedError, Refused, UnreadableInput
from backend.domain.forwarding import RequestStatus
from backend.domain.recipient import Concern, RecipientVerdict
from backend.pages.page_forms import LONGEST_COMMENT, chosen_of, comment_of
from backend.pages.page_views import ENGLISH, Pages, language, visible
from backend.services import Municipality
from backend.workflow.forward_view import ForwardDecision, RecipientView, RequestView

_DOUBTFUL = frozenset(
    {
        RecipientVerdict.LOOKALIKE,
        RecipientVerdict.UNKNOWN,
        RecipientVerdict.DISABLED,
        RecipientVerdict.PRIVATE,
        RecipientVerdict.UNVERIFIABLE,
    }
)
_HARMLESS = frozenset({Concern.AUTOMATIC_REPLY, Concern.MAILBOX_FULL, Concern.MODERATED})
_MANY = 3
"""From so many recipients without a warning on, all of them can be marked at once."""


@dataclass(frozen=True, slots=True)
class _Given:
    """What a form says: the button, the recipients that are marked, the comment. `repr` shows none."""

    button: str = field(repr=False)
    chosen: frozenset[str] = field(repr=False)
    comment: str = field(repr=False)

    @classmethod
    def of(cls, form: MultiDict[str, str], view: RequestView) -> "_Given":
        known = [one.mailbox.address for one in view.recipients if one.mailbox]
        return cls(form.get("decision", ""), chosen_of(form.getlist("recipient"), known), form.get("comment", ""))

    @property
    def approves(self) -> bool:
        """Whether it is a yes."""
        return self.button == "approve"

    @property
    def fault(self) -> str:
        """What is wrong with it, as a code of the page's words; empty where nothing is."""
        if self.button not in {"approve", "refuse"}:
            return "no_button"
        try:
            comment_of(self.comment)
        except CodedError as error:
            return error.code
        return "no_recipient" if self.approves and not self.chosen else ""


def approvals(pages: Pages) -> Blueprint:
    """`/pages/approvals` and `/pages/approvals/<id>`."""
    blueprint = pages.blueprint("approvals")

    @blueprint.get("/approvals")
    @demands(Access.PAGE)
    def waiting() -> Response:
        person, municipality = current_person(), _municipality(pages)
        desk = municipality.forwards
        return pages.show(
            "approvals.html",
            waiting=[_shown(one, municipality) for one in desk.waiting(person)],
            decided=[_shown(one, municipality) for one in desk.decided(person)],
        )

    @blueprint.get("/approvals/<request_id>")
    @demands(Access.PAGE)
    def one(request_id: str) -> Response:
        view = _municipality(pages).forwards.seen(request_id, current_person())
        return _page_of(pages, view, _Given("", _marked(view), ""))

    @blueprint.post("/approvals/<request_id>")
    @demands(Access.PAGE)
    def decide(request_id: str) -> BaseResponse:
        view = _municipality(pages).forwards.seen(request_id, current_person())
        given = _Given.of(request.form, view)
        fault = given.fault if view.may_decide else ""
        return _page_of(pages, view, given, fault) if fault else _decided(pages, view, given)

    return blueprint


def _decided(pages: Pages, view: RequestView, given: _Given) -> BaseResponse:
    """Hands the answer over, and leads to what came of it."""
    desk, person = _municipality(pages).forwards, current_person()
    decision = ForwardDecision(given.approves, given.chosen if given.approves else None, comment_of(given.comment))
    try:
        if view.may_decide or view.own:
            desk.decide(view.id, decision, person)
    except UnreadableInput as error:
        return _page_of(pages, view, given, error.code)
    except Refused:
        # Somebody else was faster, or the time ran out: the page says what came of it.
        view = desk.seen(view.id, person)
    late = not (view.may_decide or _is_outcome(view, decision))
    return redirect(f"/pages/approvals/{view.id}" + ("?late=1" if late else ""), 303)


def _municipality(pages: Pages) -> Municipality:
    return pages.services.municipality_of(current_person())


def _is_outcome(view: RequestView, decision: ForwardDecision) -> bool:
    """Whether a request that is decided was decided in this very way: the same button pressed twice."""
    if not decision.approve:
        return view.status is RequestStatus.REFUSED
    approved = frozenset(one.mailbox.address for one in view.recipients if one.approved and one.mailbox)
    return view.status in {RequestStatus.APPROVED, RequestStatus.USED} and decision.recipients == approved


def _page_of(pages: Pages, view: RequestView, given: _Given, fault: str = "") -> Response:
    """The request; with a fault, and all that was filled in, where an answer could not be taken."""
    by_me = view.decider is not None and view.decider.key == Mailbox(current_person().address).key
    told = pages.services.texts.error(fault)
    return pages.show(
        "approval.html",
        422 if fault else 200,
        one=_shown(view, _municipality(pages)),
        marked=given.chosen,
        comment=given.comment,
        longest=LONGEST_COMMENT,
        fault=fault,
        sentence=told.en if language() == ENGLISH else told.sv,
        by_me=by_me,
        late="late" in request.args and not view.may_decide,
    )


def _shown(view: RequestView, municipality: Municipality) -> dict[str, Any]:
    """A request with the policy's words for its codes."""
    policy, english = municipality.assessor.policy, language() == ENGLISH
    label = policy.label(view.label)
    # A policy may have lost a ground that an old request states.
    reason = next((one for one in policy.rules.reason if one.code is view.reason), None)
    told = (reason.text_en if english else reason.text) if reason else view.reason.value
    categories = [policy.category(one) for one in view.categories]
    return {
        "view": _readable(view),
        "label": label.name_en if english else label.name,
        "categories": [one.name_en if english else one.name for one in categories],
        "reason": told,
        "law": reason.source if reason else "",
        "recipients": [_recipient(one) for one in view.recipients],
        "plain": sum(not _is_doubtful(one) for one in view.recipients) >= _MANY,
        "requester": _named(view.requester),
        "decider": _named(view.decider),
    }


def _recipient(recipient: RecipientView) -> Mapping[str, Any]:
    mailbox = recipient.mailbox
    return {
        "address": mailbox.address if mailbox else "",
        "name": _name(mailbox) if mailbox else "",
        "verdict": recipient.verdict.value,
        "concerns": [one.value for one in recipient.concerns],
        "doubtful": _is_doubtful(recipient),
        "approved": recipient.approved,
    }


def _is_doubtful(recipient: RecipientView) -> bool:
    return recipient.verdict in _DOUBTFUL or bool(set(recipient.concerns) - _HARMLESS)


def _marked(view: RequestView) -> frozenset[str]:
    """Nobody is marked beforehand: each recipient is a disclosure of its own, and a yes is said and not left standing.

    On demand those without a warning are.
    """
    plain = request.args.get("mark") == "plain"
    return frozenset(one.mailbox.address for one in view.recipients if plain and one.mailbox and not _is_doubtful(one))


def _readable(view: RequestView) -> RequestView:
    """The request with what people wrote in it as it may be shown."""
    return replace(
        view,
        requester_title=_plain(view.requester_title),
        comment=_plain(view.comment),
        answer=_plain(view.answer),
    )


def _named(mailbox: Mailbox | None) -> str:
    return (_name(mailbox) or visible(mailbox.address)) if mailbox else ""


def _name(mailbox: Mailbox) -> str:
    """The display name, unless it passes itself off as an address."""
    name = _plain(mailbox.name).replace("\n", " ").strip()
    return "" if "@" in name else name


def _plain(text: str) -> str:
    """Without signs that show nothing, or turn the reading direction."""
    return "".join(one for one in text if one.isprintable() or one == "\n")
