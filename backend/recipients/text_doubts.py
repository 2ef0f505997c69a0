"""Doubts that only the text can raise: a greeting to somebody else, a recipient whom the text is about."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from backend.domain.directory import EntryKind
from backend.domain.part import Part
from backend.domain.recipient import Concern, Doubt, JudgedRecipient, JudgedRecipients
from backend.recipients.greeting import called, greeted_names

_MOST_RECIPIENTS = 50
"""More are a mailing, not a letter to somebody."""
_MOST_TEXT = 200_000


def with_text_doubts(
    judged: JudgedRecipients, parts: Sequence[Part], telling: Sequence[str] | None = None
) -> JudgedRecipients:
    """The recipients with what the text gives cause to think of them. Only the writer's own text is read.

    `telling` are the sentences that say something sensitive: only there is a recipient spoken of, for in others people
    are named for many reasons. Where it is not known which they are, the whole text but greeting and signature counts.
    """
    if not 0 < len(judged.each) <= _MOST_RECIPIENTS:
        return judged
    body = next((part for part in parts if part.id == "body"), None)
    if body is None:
        return judged
    said = [_without_greeting(_unsigned(body))] if telling is None else telling
    spoken = " ".join(" ".join(map(_words_only, said)).split()).casefold()
    each = tuple(_with_mention(one, spoken) for one in judged.each)
    return replace(judged, each=each, doubts=(*judged.doubts, *_greeting_doubts(judged.each, body.text)))


def _greeting_doubts(each: Sequence[JudgedRecipient], text: str) -> Iterator[Doubt]:
    """Said only where every recipient has a name to compare with: precision before all."""
    if any(all(called(name, one) is False for one in each) for name in greeted_names(text)):
        # Without the name: what stands in the text stays there.
        yield Doubt(Concern.GREETING_DIFFERS)


def _with_mention(judged: JudgedRecipient, spoken: str) -> JudgedRecipient:
    name = _full_name(judged)
    if not name or f" {name.casefold()} " not in f" {spoken} ":
        return judged
    return replace(judged, doubts=(*judged.doubts, Doubt(Concern.SPOKEN_OF)))


def _full_name(judged: JudgedRecipient) -> str:
    """First name and surname of a person; empty where only one of them is known."""
    if judged.entry is not None and judged.entry.kind is not EntryKind.PERSON:
        return ""
    name = judged.entry.name if judged.entry else judged.recipient.mailbox.name
    return name.strip() if len(name.split()) > 1 and "@" not in name else ""


def _without_greeting(text: str) -> str:
    first, _, rest = text.lstrip().partition("\n")
    return rest if greeted_names(first) else text


def _words_only(text: str) -> str:
    """The text with punctuation as blanks."""
    return "".join(letter if letter.isalnum() or letter in "-'" else " " for letter in text)


def _unsigned(body: Part) -> str:
    """The text without signatures."""
    text = body.text[:_MOST_TEXT]
    pieces, start = [], 0
    for span in sorted(body.signatures, key=lambda one: one.start):
        pieces.append(text[start : span.start])
        start = max(start, span.end)
    return "\n".join([*pieces, text[start:]])
