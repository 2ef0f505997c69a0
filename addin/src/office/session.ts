/** A random word for the draft: the server tells by it a draft that is looked at twice from another with the same text. */

import type { ComposeItem } from "./item.ts";
import { recallKept, rememberKept } from "./memory.ts";

const BYTES = 16;

/** The draft's word, made at the first call. Null where the client keeps nothing: a new one each time would be worse than none. */
export async function composeSession(item: ComposeItem): Promise<string | null> {
  const known = await recallKept(item, "session");
  if (isSession(known)) {
    return known;
  }
  const made = randomWord();
  // The pane and the event handler may both be first: what lies there afterwards is the word of both.
  const kept = await rememberKept(item, "session", made);
  const stands = kept ? await recallKept(item, "session") : null;
  return isSession(stands) ? stands : null;
}

function isSession(value: string | null): value is string {
  return value !== null && /^[0-9a-f]{32}$/.test(value);
}

/** 128 bits in hexadecimal. Old classic runtimes have no `crypto`; the word is no secret, it only has to differ. */
export function randomWord(): string {
  const bytes = typeof crypto === "undefined" ? guessedBytes() : crypto.getRandomValues(new Uint8Array(BYTES));
  let word = "";
  for (const byte of bytes as Iterable<number>) {
    word += (byte + 256).toString(16).slice(1);
  }
  return word;
}

function guessedBytes(): Uint8Array {
  return new Uint8Array(BYTES).map(() => Math.floor(Math.random() * 256));
}
