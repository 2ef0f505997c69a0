"""Counters for operations: numbers by label and decision, never by person."""

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

from backend.api.access import Access, demands
from backend.domain.assessment import Assessment
from backend.domain.label import Label, SendDecision
from backend.domain.recipient import DecidedRecipients

_ASSESSMENTS = Counter("sandkoll_assessments_total", "Assessments by suggested label.", ["label"])
_SECONDS = Histogram(
    "sandkoll_assessment_seconds",
    "Time to assess a draft.",
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)
_FEEDBACK = Counter("sandkoll_feedback_total", "Answers to assessments by the right label.", ["label"])
_RECIPIENTS = Counter("sandkoll_recipients_total", "Checked recipients by verdict.", ["verdict"])
_SENDS = Counter("sandkoll_send_checks_total", "Send checks by decision.", ["decision"])


def observe_assessment(assessment: Assessment) -> None:
    """Counts an assessment."""
    _ASSESSMENTS.labels(assessment.label.value).inc()
    _SECONDS.observe(assessment.elapsed_ms / 1000)


def observe_send(decision: SendDecision) -> None:
    """Counts a send check."""
    _SENDS.labels(decision.value).inc()


def observe_recipients(decided: DecidedRecipients) -> None:
    """Counts checked recipients."""
    for one in decided.each:
        _RECIPIENTS.labels(one.judged.verdict.value).inc()


def observe_feedback(right: Label) -> None:
    """Counts an answer to an assessment."""
    _FEEDBACK.labels(right.value).inc()


def metrics() -> Blueprint:
    """`GET /metrics` for loopback or the holder of the scrape token."""
    blueprint = Blueprint("metrics", __name__)

    @blueprint.get("/metrics")
    @demands(Access.SCRAPER)
    def read() -> Response:
        return Response(generate_latest(), mimetype=CONTENT_TYPE_LATEST)

    return blueprint
