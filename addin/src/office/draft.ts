/** Reads the whole draft from Outlook. */

import { decideComposeType } from "../assessment/composeType.ts";
import type { ComposeType, Draft } from "../contract/draft.ts";
import { withTimeout } from "../timing.ts";
import { readAttachments, type ContentCache } from "./attachments.ts";
import { call, orElse } from "./calls.ts";
import { isAppointment, supports, type ComposeItem } from "./item.ts";
import { readLabel } from "./labels.ts";
import { recallComposeType } from "./memory.ts";
import { readRecipients, readSender, withoutSender } from "./people.ts";
import type { PurviewMapping } from "./purview.ts";
import { composeSession } from "./session.ts";

/** Several calls in a row, and the draft can be judged without: a slow Outlook must not hold the send for it. */
const SESSION_TIMEOUT_MS = 2000;

/**
 * The draft as the server takes it. Subject, body and recipients must be readable, else the promise rejects (`office_failed`,
 * `office_timeout`); the rest falls back to "not known", since some clients fail single calls for encrypted or shared items.
 * Without `contents` the attachments are read by name only.
 */
export async function readDraft(item: ComposeItem, contents: ContentCache | null, purview: PurviewMapping = {}): Promise<Draft> {
  const [subject, body, recipients, sender, attachments, label, composeTypes, booking, session] = await Promise.all([
    readSubject(item),
    readBody(item),
    readRecipients(item),
    readSender(item),
    readAttachments(item, contents),
    readLabel(item, purview),
    readComposeTypes(item),
    readBooking(item),
    orElse(withTimeout(composeSession(item), SESSION_TIMEOUT_MS, "office_timeout"), null),
  ]);
  const inReplyTo = !isAppointment(item) && supports("1.14") ? textOrNull(item.inReplyTo) : null;
  return {
    kind: isAppointment(item) ? "appointment" : "message",
    compose_type: isAppointment(item) ? "new" : decideComposeType({
      stored: composeTypes.stored,
      reported: composeTypes.reported,
      inReplyTo,
      subject,
      body: body.text,
    }),
    subject,
    body: body.text,
    body_format: body.format,
    sender,
    recipients: isAppointment(item) ? withoutSender(recipients, sender) : recipients,
    attachments,
    conversation_id: isAppointment(item) ? null : textOrNull(item.conversationId),
    in_reply_to: inReplyTo,
    label,
    location: booking.location,
    start: booking.start,
    end: booking.end,
    session,
  };
}

function readSubject(item: ComposeItem): Promise<string> {
  return call<string>("subject.getAsync", (done) => {
    item.subject.getAsync(done);
  });
}

async function readBody(item: ComposeItem): Promise<{ text: string; format: "text" | "html" }> {
  const asked = call<Office.CoercionType>("body.getTypeAsync", (done) => {
    item.body.getTypeAsync(done);
  });
  const type = await orElse(asked, Office.CoercionType.Html);
  const isText = type === Office.CoercionType.Text;
  const text = await call<string>("body.getAsync", (done) => {
    item.body.getAsync(isText ? Office.CoercionType.Text : Office.CoercionType.Html, done);
  });
  return { text, format: isText ? "text" : "html" };
}

interface ComposeTypes {
  readonly stored: ComposeType | null;
  readonly reported: ComposeType | null;
}

async function readComposeTypes(item: ComposeItem): Promise<ComposeTypes> {
  if (isAppointment(item)) {
    return { stored: null, reported: null };
  }
  const [stored, reported] = await Promise.all([recallComposeType(item), readReportedType(item)]);
  return { stored, reported };
}

/** What Outlook itself says. On several clients it calls every draft a new mail; see `decideComposeType`. */
export async function readReportedType(item: Office.MessageCompose): Promise<ComposeType | null> {
  if (!supports("1.10")) {
    return null;
  }
  const asked = call<{ composeType: string }>("getComposeTypeAsync", (done) => {
    item.getComposeTypeAsync(done);
  });
  const answer = await orElse<{ composeType: string } | null>(asked, null);
  switch (answer?.composeType) {
    case Office.MailboxEnums.ComposeType.Reply:
      return "reply";
    case Office.MailboxEnums.ComposeType.Forward:
      return "forward";
    case Office.MailboxEnums.ComposeType.NewMail:
      return "new";
    default:
      return null;
  }
}

async function readBooking(item: ComposeItem): Promise<Pick<Draft, "location" | "start" | "end">> {
  if (!isAppointment(item)) {
    return { location: "", start: null, end: null };
  }
  const [location, start, end] = await Promise.all([
    orElse(call<string>("location.getAsync", (done) => { item.location.getAsync(done); }), ""),
    orElse(call<Date>("start.getAsync", (done) => { item.start.getAsync(done); }), null),
    orElse(call<Date>("end.getAsync", (done) => { item.end.getAsync(done); }), null),
  ]);
  return { location, start: start?.toISOString() ?? null, end: end?.toISOString() ?? null };
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
