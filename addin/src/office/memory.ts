/**
 * What the pane and the event handlers tell each other about one compose session, under stable keys in the item's session data.
 * The two run in separate processes; session data is what they share on every client. What a draft must not be asked twice, when
 * it is opened again, lies in its keepsake too.
 */

import { isComposeType, type ComposeType } from "../contract/draft.ts";
import { isRequestId } from "../assessment/forwardAnswer.ts";
import { readConfirmations, type Confirmations } from "../assessment/recipientSet.ts";
import type { Grounds } from "../contract/assessment.ts";
import { call, orElse } from "./calls.ts";
import { supports, type ComposeItem } from "./item.ts";
import { readKeepsake, writeKeepsake, type KeptField } from "./keepsake.ts";

export const SESSION_KEYS = {
  verdict: "sandkoll.verdict",
  grounds: "sandkoll.grounds",
  confirmed: "sandkoll.confirmed_recipients",
  composeType: "sandkoll.compose_type",
  feedback: "sandkoll.feedback",
  session: "sandkoll.session",
  request: "sandkoll.forward_request",
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

/** What this compose session knows, else what the draft has kept from an earlier one. */
export async function recallKept(item: ComposeItem, field: KeptField): Promise<string | null> {
  const here = await recall(item, SESSION_KEYS[field]);
  return here ?? (await orElse(readKeepsake(item), {}))[field] ?? null;
}

/** Stores a text for this session and for later ones. True when the send check will find it; empty takes it away. */
export async function rememberKept(item: ComposeItem, field: KeptField, value: string): Promise<boolean> {
  const stays = orElse(writeKeepsake(item, field, value === "" ? null : value).then(() => true), false);
  const [here, later] = await Promise.all([remember(item, SESSION_KEYS[field], value), stays]);
  return supports("1.11") ? here : later;
}

export async function recallComposeType(item: ComposeItem): Promise<ComposeType | null> {
  const stored = await recallKept(item, "composeType");
  return isComposeType(stored) ? stored : null;
}

export async function recallGrounds(item: ComposeItem): Promise<Grounds> {
  const stored = parse(await recallKept(item, "grounds"));
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

/** The id of the request to forward that was made last in this draft. */
export async function recallRequest(item: ComposeItem): Promise<string | null> {
  const stored = await recallKept(item, "request");
  return isRequestId(stored) ? stored : null;
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
