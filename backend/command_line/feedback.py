"""`python -m backend feedback forget`: deletes answers to assessments, by age or of one person."""

from typing import TYPE_CHECKING

from backend.command_line.forgetting import Forgetting, engine_of
from backend.settings import Settings

if TYPE_CHECKING:
    from backend.store.feedback import DatabaseFeedback


def open_feedback(settings: Settings) -> "DatabaseFeedback":
    """The answers in the database of the settings. Raises WrongSettings."""
    from backend.store.feedback import DatabaseFeedback

    return DatabaseFeedback(engine_of(settings))


def _actor(secret: bytes, tenant: str, person: str) -> str:
    from backend.workflow.feedback_keys import FeedbackKeys

    return FeedbackKeys(secret).actor(tenant, person)


add_parser = Forgetting("feedback", "feedback_forgotten", open_feedback, _actor).add_parser
