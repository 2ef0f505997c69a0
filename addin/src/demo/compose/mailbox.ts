/** What was sent in the demo, as the sender and those who got it see it, and the notices that the service would have mailed. */

import type { SimulatedItem } from "../fakeOffice/simulatedItem.ts";
import type { InboxMessage } from "./bodyHtml.ts";
import { fetched } from "./directory.ts";
import { conversationOf } from "./drafts.ts";
import type { DemoState, OutgoingNotice, SentItem } from "./state.ts";
import { say } from "./texts.ts";

/** The item as it went out. `label` is the shown one, in words. */
export function sentItem(item: SimulatedItem, serial: number, label: string): SentItem {
  const { content } = item;
  const people = Object.values(content.recipients).flat();
  const names = people.map((person) => person.name || person.address).join(", ");
  // Another page of the demo must not meet the same thread: they share a service.
  const id = `sent-${String(serial)}-${crypto.randomUUID()}`;
  const message: InboxMessage = {
    id,
    from: content.from,
    to: names,
    subject: content.subject || say("no_subject"),
    received: new Date().toISOString(),
    body: content.bodyHtml,
    conversationId: content.conversationId ?? conversationOf({ id }),
  };
  return { message, names, label, sender: content.from.address.toLowerCase(), receivers: people.map((person) => person.address.toLowerCase()) };
}

/** Newest first. */
export function receivedBy(state: DemoState): InboxMessage[] {
  const own = state.signedIn?.address.toLowerCase() ?? "";
  return state.sent.filter((item) => item.receivers.includes(own)).map((item) => item.message);
}

export function sentBy(state: DemoState): SentItem[] {
  const own = state.signedIn?.address.toLowerCase() ?? "";
  return state.sent.filter((item) => item.sender === own);
}

/** `GET /demo/outbox`; null when the demo service does not answer. */
export async function fetchOutgoing(): Promise<OutgoingNotice[] | null> {
  const answer = await fetched<{ notices?: unknown }>("/demo/outbox");
  return answer === null || !Array.isArray(answer.notices) ? null : answer.notices.map(noticeOf);
}

function noticeOf(value: unknown): OutgoingNotice {
  const fields = (value ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string => (typeof fields[name] === "string" ? fields[name] : "");
  const link = text("link");
  return {
    id: text("id"), to: text("to"), subject: text("subject"), text: text("text"), state: text("state"), madeAt: text("made_at"),
    link: /^(https?:\/\/|\/(?!\/))/.test(link) ? link : "",
  };
}
