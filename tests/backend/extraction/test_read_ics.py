"""Calendar files."""

import pytest

from backend.domain.draft import BodyFormat, Draft, DraftKind, Mailbox, Recipient, RecipientRole
from backend.domain.errors import CodedError
from backend.extraction.read_file import read_draft_bytes, read_drafts_bytes


def calendar(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""]).encode()


def read(*lines: str) -> Draft:
    return read_draft_bytes(calendar("BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"), "bokning.ics")


def test_a_whole_event() -> None:
    draft = read(
        "SUMMARY:Möte\\, rehab",
        "DESCRIPTION:Rad 1\\nRad 2 som är så lång att den",
        "  bryts",
        "LOCATION:Rum 2",
        "DTSTART;TZID=Europe/Stockholm:20250514T100000",
        "DTEND:20250514T090000Z",
        'ORGANIZER;CN="Ek, Karin":MAILTO:karin.ek@exempelby.example',
        "ATTENDEE;CN=Bo;ROLE=REQ-PARTICIPANT:mailto:bo@example.se",
        "ATTENDEE;ROLE=OPT-PARTICIPANT:mailto:maj@example.se",
        "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.example/1",
        "URL:https://example.se/2",
        "ATTACH;ENCODING=BASE64;VALUE=BINARY;FMTTYPE=text/plain;X-FILENAME=a.txt:aGVq",
        "ATTACH:https://example.se/l%C3%B6n.pdf?x=1",
    )
    assert draft.kind is DraftKind.APPOINTMENT
    assert (draft.id, draft.subject, draft.location) == ("bokning.ics", "Möte, rehab", "Rum 2")
    assert (draft.body, draft.body_format) == ("Rad 1\nRad 2 som är så lång att den bryts", BodyFormat.TEXT)
    assert (draft.start, draft.end) == ("2025-05-14T10:00:00+02:00", "2025-05-14T09:00:00+00:00")
    assert draft.sender == Mailbox("karin.ek@exempelby.example", "Ek, Karin")
    assert draft.recipients == (
        Recipient(Mailbox("bo@example.se", "Bo"), RecipientRole.REQUIRED),
        Recipient(Mailbox("maj@example.se"), RecipientRole.OPTIONAL),
    )
    assert draft.online_meeting_url == "https://teams.example/1"
    assert [(file.name, file.content) for file in draft.attachments] == [("a.txt", b"hej"), ("lön.pdf", None)]


def test_the_html_description_is_preferred() -> None:
    draft = read("DESCRIPTION:text", "X-ALT-DESC;FMTTYPE=text/html:<p>Hej\\, du\\nÅsa</p>")
    assert (draft.body, draft.body_format) == ("<p>Hej, du\nÅsa</p>", BodyFormat.HTML)


@pytest.mark.parametrize("name", ["X-GOOGLE-CONFERENCE", "URL", "CONFERENCE;VALUE=URI"])
def test_meeting_addresses(name: str) -> None:
    assert read(f"{name}:https://meet.example/1").online_meeting_url == "https://meet.example/1"


def test_broken_values_are_left_out() -> None:
    draft = read("SUMMARY:x", "DTSTART:igår", "DTEND;VALUE=DATE:20250514", "ATTENDEE:bo", "ATTACH:http://[", "RRULE:x")
    assert (draft.start, draft.end) == (None, "2025-05-14")
    assert draft.recipients[0].mailbox.address == "bo"


def test_several_events() -> None:
    content = calendar("BEGIN:VEVENT", "SUMMARY:a", "END:VEVENT", "BEGIN:VEVENT", "SUMMARY:b", "END:VEVENT")
    drafts = list(read_drafts_bytes(content, "k.ics"))
    assert [(draft.id, draft.subject) for draft in drafts] == [("k.ics", "a"), ("k.ics#2", "b")]
    assert read_draft_bytes(content, "k.ics").subject == "a"


def test_a_calendar_in_windows_1252() -> None:
    content = calendar("BEGIN:VEVENT", "SUMMARY:Möte", "END:VEVENT").decode().encode("cp1252")
    assert read_draft_bytes(content, "k.ics").subject == "Möte"


@pytest.mark.parametrize(
    "content",
    [
        calendar(),
        b"BEGIN:VCALENDAR",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY",
        b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\nEND:VCALENDAR",
        b"Hej",
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 5000,
    ],
)
def test_broken_calendars(content: bytes) -> None:
    with pytest.raises(CodedError) as refused:
        read_draft_bytes(content, "k.ics")
    assert refused.value.code == "broken_ics"


def test_cut_off_calendars_give_a_draft_or_a_code() -> None:
    whole = calendar(
        "BEGIN:VEVENT", "SUMMARY:Möte", 'ATTENDEE;CN="a:b":mailto:c', "DTSTART:20250514T090000Z", "END:VEVENT"
    )
    for length in range(len(whole)):
        try:
            read_draft_bytes(whole[:length], "k.ics")
        except CodedError as error:
            assert error.code in {"broken_ics", "empty_file"}  # noqa: PT017 - it may also succeed
