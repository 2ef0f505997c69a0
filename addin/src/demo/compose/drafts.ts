/** New drafts: empty ones, examples, replies and forwards. */

import type { Mailbox } from "../../contract/draft.ts";
import examples from "../samples/examples.json";
import { emptyRecipients, type ItemContent, type SimulatedRecipient } from "../fakeOffice/simulatedItem.ts";
import { quote, messageById, withTeamsLink, type InboxMessage } from "./bodyHtml.ts";
import { resolve, type Entry, type Person } from "./directory.ts";
import { say } from "./texts.ts";

export type Example = (typeof examples)[number];
export const EXAMPLES: readonly Example[] = examples;

const HOUR_MS = 3_600_000;

export function emptyDraft(kind: ItemContent["kind"], from: Mailbox): ItemContent {
  const start = new Date();
  start.setDate(start.getDate() + 1);
  start.setHours(10, 0, 0, 0);
  return {
    kind,
    composeType: "new",
    subject: "",
    bodyHtml: "",
    recipients: emptyRecipients(),
    attachments: [],
    from,
    conversationId: null,
    inReplyTo: null,
    location: "",
    start,
    end: new Date(start.getTime() + HOUR_MS),
  };
}

export function replyTo(message: InboxMessage, from: Mailbox): ItemContent {
  return {
    ...answerTo(message, from),
    composeType: "reply",
    subject: say("quote.reply_prefix") + message.subject,
    recipients: { ...emptyRecipients(), to: [message.from] },
  };
}

export function forwardOf(message: InboxMessage, from: Mailbox): ItemContent {
  return { ...answerTo(message, from), composeType: "forward", subject: say("quote.forward_prefix") + message.subject };
}

function answerTo(message: InboxMessage, from: Mailbox): ItemContent {
  return {
    ...emptyDraft("message", from),
    bodyHtml: `<p><br></p>${quote(message)}`,
    conversationId: conversationOf(message),
    inReplyTo: `<demo-${message.id}@granvik.example>`,
  };
}

/** The thread as Outlook names it: a message in it keeps the name, a new one starts its own. */
export function conversationOf(message: Pick<InboxMessage, "id" | "conversationId">): string {
  return message.conversationId ?? `demo-thread-${message.id}`;
}

export function exampleDraft(example: Example, people: readonly Person[], book: readonly Entry[], from: Mailbox): ItemContent {
  const forwarded = example.forwards === undefined ? null : messageById(example.forwards);
  const base = forwarded ? forwardOf(forwarded, from) : emptyDraft(example.kind as ItemContent["kind"], from);
  const recipients = example.to.map((wanted) => recipientOf(wanted, people, book, from));
  const role = base.kind === "appointment" ? "required" : "to";
  const body = forwarded ? example.body + quote(forwarded) : example.body;
  return {
    ...base,
    subject: forwarded ? base.subject : example.subject,
    bodyHtml: example.teams ? withTeamsLink(body) : body,
    location: example.location ?? "",
    recipients: { ...emptyRecipients(), [role]: recipients },
  };
}

/** `colleague` is the first other employee; anything else is an address. */
function recipientOf(wanted: string, people: readonly Person[], book: readonly Entry[], from: Mailbox): SimulatedRecipient {
  const colleague = people.find((person) => person.address !== from.address && person.role === "employee")
    ?? people.find((person) => person.address !== from.address);
  return wanted === "colleague" && colleague
    ? { name: colleague.name, address: colleague.address }
    : resolve(book, wanted);
}
