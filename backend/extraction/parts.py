"""A draft's text as parts with offsets: the first step of every assessment."""

from collections.abc import Iterator

from backend.domain.draft import BodyFormat, Draft
from backend.domain.errors import InputTooLarge
from backend.domain.part import Part, SourceMap, Span
from backend.extraction import codes
from backend.extraction.html_text import HtmlText, html_to_text
from backend.extraction.limits import MAX_BODY_TEXT
from backend.extraction.quoted_history import Cut, split_history
from backend.extraction.signatures import find_signatures


def extract_parts(draft: Draft) -> tuple[Part, ...]:
    """Subject, body, quoted history, location and attachment names, in that order.

    Parts without text are left out, except the body. A plain-text body is not normalised: without quoted history its
    offsets are those of `draft.body`. `Part.source` leads back to the draft's field.
    Raises InputTooLarge (`draft_too_large`) if an HTML body holds more text than a plain-text body may.
    """
    return tuple(_parts(draft))


def _parts(draft: Draft) -> Iterator[Part]:
    if draft.subject.strip():
        yield Part("subject", draft.subject)
    yield from _body(draft)
    if draft.location.strip():
        yield Part("location", draft.location)
    for number, attachment in enumerate(draft.attachments):
        if attachment.name.strip():
            yield Part(f"attachment_name:{number}", attachment.name)


def _body(draft: Draft) -> Iterator[Part]:
    if draft.body_format is BodyFormat.HTML:
        read = html_to_text(draft.body)
        if len(read.text) > MAX_BODY_TEXT:
            raise InputTooLarge(codes.DRAFT_TOO_LARGE, f"text of the body: {len(read.text)} > {MAX_BODY_TEXT}")
    else:
        read = HtmlText(draft.body, SourceMap())
    own, history = split_history(read.text, read.quoted, read.rules)
    yield _part("body", own, read.source)
    if history is not None:
        yield _part("quoted", history, read.source)


def _part(name: str, cut: Cut, source: SourceMap) -> Part:
    # Piece by piece: an answer between quoted lines is no continuation of a signature above them.
    signatures = (
        Span(span.start + piece.start, span.end + piece.start)
        for piece in cut.pieces
        for span in find_signatures(cut.text[piece.start : piece.end])
    )
    return Part(name, cut.text, tuple(signatures), cut.source.after(source))
