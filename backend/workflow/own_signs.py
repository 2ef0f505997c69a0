"""What a draft shows by itself of being a forward, joined with what the register knows of its thread."""

from collections.abc import Iterable
from dataclasses import replace

from backend.domain.draft import Draft
from backend.domain.label import Label
from backend.domain.threads import Signal, ThreadStanding
from backend.threads.forwards import Appearance, forward_signals
from backend.threads.subject_prefix import leading_prefix
from backend.workflow.attached_mails import attached_mails
from backend.workflow.mail_files import is_mail


def appearance_of(draft: Draft, prefixes: Iterable[str], *, labelled: bool) -> Appearance:
    """What the draft itself shows. `prefixes` are those of forwards; `labelled`: it has a label by itself."""
    return Appearance(
        compose_type=draft.compose_type,
        prefix=leading_prefix(draft.subject, frozenset(prefixes)),
        labelled=labelled,
        attached_mail=any(is_mail(one) for one in draft.attachments),
    )


def with_own_signs(
    standing: ThreadStanding | None, draft: Draft, label: Label, prefixes: Iterable[str]
) -> ThreadStanding:
    """The standing with the draft's own signs; where nobody has looked (None), these alone."""
    known = standing or ThreadStanding(unread=any(mail.unread for mail in attached_mails(draft)))
    own = forward_signals(appearance_of(draft, prefixes, labelled=label is not Label.NONE), ())
    if label is not Label.NONE and Signal.PASSAGE in known.signals:
        # Sentences of a flagged text in a draft that is sensitive itself: that is what they make it.
        own |= {Signal.CONTENT}
    return replace(known, signals=known.signals | own)
