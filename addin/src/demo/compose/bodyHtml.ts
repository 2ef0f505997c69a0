/** HTML bodies as Outlook writes them. Values are escaped; the samples' own bodies are trusted files. */

import type { Mailbox } from "../../contract/draft.ts";
import inbox from "../samples/inbox.json";
import { say } from "./texts.ts";

export interface InboxMessage {
  readonly id: string;
  readonly from: Mailbox;
  readonly to: string;
  readonly subject: string;
  readonly received: string;
  readonly body: string;
  /** Of messages that were sent in the demo; the samples' own are made from their ids. */
  readonly conversationId?: string;
}
export const INBOX: readonly InboxMessage[] = inbox;

export function messageById(id: string): InboxMessage | null {
  return INBOX.find((message) => message.id === id) ?? null;
}

export function longTime(iso: string | Date): string {
  return new Date(iso).toLocaleString("sv-SE", { dateStyle: "long", timeStyle: "short" });
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The quoted original below a reply or forward, with the header block that Outlook marks `divRplyFwdMsg`. */
export function quote(message: InboxMessage): string {
  const row = (name: string, value: string): string => `<b>${name}</b> ${value}<br>`;
  const from = `${escapeHtml(message.from.name)} &lt;${escapeHtml(message.from.address)}&gt;`;
  return '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
    + '<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">'
    + row(say("quote.from"), from)
    + row(say("quote.sent"), longTime(message.received))
    + row(say("quote.to"), escapeHtml(message.to))
    + `<b>${say("quote.subject")}</b> ${escapeHtml(message.subject)}</font><div>&nbsp;</div></div>${message.body}`;
}

const TEAMS_MARK = "teams-meeting";

export function withTeamsLink(html: string): string {
  const link = `<a href="${say("teams.url")}">${say("teams.join")}</a>`;
  return `${withoutTeamsLink(html)}<div class="${TEAMS_MARK}"><hr><p><b>${say("teams.heading")}</b></p><p>${link}</p></div>`;
}

export function withoutTeamsLink(html: string): string {
  const start = html.indexOf(`<div class="${TEAMS_MARK}">`);
  return start < 0 ? html : html.slice(0, start);
}

export function hasTeamsLink(html: string): boolean {
  return html.includes(`<div class="${TEAMS_MARK}">`);
}
