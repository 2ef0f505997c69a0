/**
 * What stays with the draft itself, also when it is saved, closed and opened again: session data ends with the compose window,
 * custom properties do not. One property holds it all, as JSON, with a mark of the draft that it was said of.
 */

import { fingerprint } from "../assessment/fingerprint.ts";
import { CodedError } from "../errors.ts";
import { isAppointment, supports, type ComposeItem } from "./item.ts";
import { changeProperty, readProperty } from "./properties.ts";

export const KEEPSAKE_PROPERTY = "sandkoll.draft";
/** Outlook gives 2,500 characters to all of an add-in's properties together; the label has its own. */
const MOST_CHARACTERS = 2000;

export type KeptField = "session" | "composeType" | "grounds" | "request";
type Keepsake = Readonly<Partial<Record<KeptField, string>>>;

/** Nothing where what lies there was said of another draft, or is not ours. */
export async function readKeepsake(item: ComposeItem): Promise<Keepsake> {
  return keepsakeOf(await readProperty(item, KEEPSAKE_PROPERTY), boundTo(item));
}

/** Adds to what is kept, or with null takes one away. Rejects with `not_kept` when there is no room. */
export async function writeKeepsake(item: ComposeItem, field: KeptField, value: string | null): Promise<void> {
  const draft = boundTo(item);
  await changeProperty(item, KEEPSAKE_PROPERTY, (stands) => {
    const fields: Record<string, string> = {};
    const kept = keepsakeOf(stands, draft);
    for (const name of Object.keys(kept) as KeptField[]) {
      fields[name] = kept[name] ?? "";
    }
    if (value === null) {
      Reflect.deleteProperty(fields, field);
    } else {
      fields[field] = value;
    }
    fields["of"] = draft;
    const text = JSON.stringify(fields);
    if (text.length > MOST_CHARACTERS) {
      throw new CodedError("not_kept");
    }
    return text;
  });
}

/** What the draft answers stays the same as long as it is that draft. Empty where the client cannot tell, or for a new one. */
function boundTo(item: ComposeItem): string {
  const answered: unknown = !isAppointment(item) && supports("1.14") ? item.inReplyTo : null;
  return typeof answered === "string" && answered !== "" ? fingerprint(answered) : "";
}

const FIELDS: readonly KeptField[] = ["session", "composeType", "grounds", "request"];

function keepsakeOf(text: string | null, draft: string): Keepsake {
  const stored = parsed(text);
  const of = stored["of"];
  const isAnother = typeof of !== "string" || (of !== "" && draft !== "" && of !== draft);
  const kept: Partial<Record<KeptField, string>> = {};
  for (const field of isAnother ? [] : FIELDS) {
    const value = stored[field];
    if (typeof value === "string") {
      kept[field] = value;
    }
  }
  return kept;
}

function parsed(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(text ?? "{}") as unknown;
    return typeof value === "object" && value !== null ? value as Readonly<Record<string, unknown>> : {};
  } catch {
    return {};
  }
}
