/**
 * The draft's label. Three places can hold it: the Purview sensitivity label (where the municipality has mapped its own), an internet
 * header that the server-side rule and the recipient's system see, and a custom property that any client and item type has.
 */

import { isLabelId, type LabelId } from "../contract/draft.ts";
import { CodedError } from "../errors.ts";
import { call, orElse } from "./calls.ts";
import { isAppointment, supports, type ComposeItem } from "./item.ts";
import { readProperty, writeProperty } from "./properties.ts";
import { readPurview, writePurview, type PurviewMapping } from "./purview.ts";

export const LABEL_HEADER = "x-sandkoll-label";
export const LABEL_PROPERTY = "sandkoll.label";

/** The label that stands on the draft, null when none does. A Purview label outranks ours: the user sees it in Outlook. */
export async function readLabel(item: ComposeItem, purview: PurviewMapping = {}): Promise<LabelId | null> {
  const mapped = await orElse(readPurview(item, purview), null);
  if (mapped !== null) {
    return mapped;
  }
  const [header, property] = await Promise.all([
    orElse(readHeader(item), null),
    orElse(readProperty(item, LABEL_PROPERTY), null),
  ]);
  const stored = header ?? property;
  return isLabelId(stored) ? stored : null;
}

/**
 * Puts a label on the draft (or with null takes it off) in every place that the client has, then reads it back: some clients
 * answer "succeeded" without having done it. Rejects with `label_not_set` when no place kept it.
 */
export async function writeLabel(item: ComposeItem, label: LabelId | null, purview: PurviewMapping = {}): Promise<void> {
  const places = [writePurview(item, label, purview), writeHeader(item, label), writeProperty(item, LABEL_PROPERTY, label)];
  await Promise.all(places.map((place) => orElse(place, undefined)));
  if ((await readLabel(item, purview)) !== label) {
    throw new CodedError("label_not_set");
  }
}

function hasHeaders(item: ComposeItem): item is Office.MessageCompose {
  return !isAppointment(item) && supports("1.8");
}

async function readHeader(item: ComposeItem): Promise<string | null> {
  if (!hasHeaders(item)) {
    return null;
  }
  const headers = await call<Record<string, string>>("internetHeaders.getAsync", (done) => {
    item.internetHeaders.getAsync([LABEL_HEADER], done);
  });
  return headers[LABEL_HEADER] ?? null;
}

async function writeHeader(item: ComposeItem, label: LabelId | null): Promise<void> {
  if (!hasHeaders(item)) {
    return;
  }
  await call<void>("internetHeaders", (done) => {
    if (label === null) {
      item.internetHeaders.removeAsync([LABEL_HEADER], done);
    } else {
      item.internetHeaders.setAsync({ [LABEL_HEADER]: label }, done);
    }
  });
}
