/**
 * What the pane and the event handlers tell each other about one compose session, under stable keys in the item's session data.
 * The two run in separate processes; session data is what they share on every client.
 */

import { isComposeType, type ComposeType } from "../contract/draft.ts";
import { readConfirmations, type Confirmations } from "../assessment/recipientSet.ts";
import type { Grounds } from "../contract/assessment.ts";
import { call, orElse } from "./calls.ts";
import { supports, type ComposeItem } from "./item.ts";

export const SESSION_KEYS = {
  verdict: "sandkoll.verdict",
  grounds: "sandkoll.grounds",
  confirmed: "sandkoll.confirmed_recipients",
  composeType: "sandkoll.compose_type",
  feedback: "sandkoll.feedback",
} as const;

type SessionKey = (typeof SESSION_KEYS)[keyof typeof SESSION_KEYS];

/** The stored text, or null when nothing is stored or the client has no session data (before set 1.11). */
export async function recall(item: ComposeItem, key: SessionKey): Promise<string | null> {
  if (!supports("1.11")) {
    return null;
  }
  const asked = call<string>("sessionData.getAsync", (done) => {
    item.sessionData.getAsync(key, done);
  });
  const value = await orElse<string | null>(asked, null);
  return typeof value === "string" && value !== "" ? value : null;
}

/** Stores a text. Resolves to false where the client cannot; the send check then judges without it. */
export async function remember(item: ComposeItem, key: SessionKey, value: string): Promise<boolean> {
  if (!supports("1.11")) {
    return false;
  }
  const asked = call<void>("sessionData.setAsync", (done) => {
    item.sessionData.setAsync(key, value, done);
  });
  return orElse(asked.then(() => true), false);
}

export async function recallComposeType(item: ComposeItem): Promise<ComposeType | null> {
  const stored = await recall(item, SESSION_KEYS.composeType);
  return isComposeType(stored) ? stored : null;
}

export async function recallGrounds(item: ComposeItem): Promise<Grounds> {
  const stored = parse(await recall(item, SESSION_KEYS.grounds));
  if (typeof stored !== "object" || stored === null) {
    return {};
  }
  const fields = stored as Record<string, unknown>;
  const grounds: Record<string, string> = {};
  for (const kind of ["personnummer", "sensitive", "photo"]) {
    const code = fields[kind];
    if (typeof code === "string") {
      grounds[kind] = code;
    }
  }
  return grounds;
}

/** Who was confirmed, with the recipients that it was said of. */
export async function recallConfirmed(item: ComposeItem): Promise<Confirmations> {
  return readConfirmations(parse(await recall(item, SESSION_KEYS.confirmed)));
}

/** What the sender has said of the reasons, as it was stored; the pane checks its shape. */
export async function recallFeedback(item: ComposeItem): Promise<unknown> {
  return parse(await recall(item, SESSION_KEYS.feedback));
}

function parse(text: string | null): unknown {
  if (text === null) {
    return null;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
