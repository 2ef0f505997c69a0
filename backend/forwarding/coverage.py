"""Whether a draft is still the one that a request was about."""

from dataclasses import dataclass

from backend.domain.forwarding import ForwardRequest
from backend.domain.label import Category, Label
from backend.domain.threads import ThreadStanding


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A draft as requests see it. `content` and `own` are keyed digests: what is forwarded, and what was written above.

    `label` and `categories` are the whole draft's. `own_label` is that of the sender's own words alone. `standing` is
    None until its threads are known: no request covers it then.
    """

    content: str
    own: str
    label: Label
    categories: frozenset[Category]
    own_label: Label
    standing: ThreadStanding | None = None

    @property
    def stricter_label(self) -> Label:
        """The stricter of the draft's own label and that of its flagged threads."""
        of_thread = Label.NONE if self.standing is None else self.standing.label
        return max(self.label, of_thread, key=lambda label: label.rank)


def covers(request: ForwardRequest, forwarded: Forwarded) -> bool:
    """Whether what was asked holds for this draft, recipients aside.

    The forwarded content is the same, it is of no other flagged thread, and nothing is more sensitive than what was
    asked about. The sender's own words may have changed since then, as long as they alone say nothing sensitive.
    """
    return (
        forwarded.standing is not None
        and covers_threads(request, forwarded.standing)
        and request.content == forwarded.content
        and forwarded.label.rank <= request.label.rank
        and forwarded.categories <= frozenset(request.categories)
        and (request.own == forwarded.own or forwarded.own_label is Label.NONE)
    )


def covers_threads(request: ForwardRequest, standing: ThreadStanding) -> bool:
    """Whether it was asked about these flagged threads, and none is labelled more strictly than was seen."""
    return frozenset(standing.threads) <= frozenset(request.threads) and standing.label.rank <= request.label.rank
