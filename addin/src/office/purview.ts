/** Purview sensitivity labels: Mailbox 1.13, Microsoft 365 E5, and only where the policy maps our labels to the tenant's. */

import type { LabelId } from "../contract/draft.ts";
import type { Policy } from "../contract/policy.ts";
import { call, orElse } from "./calls.ts";
import { supports, type ComposeItem } from "./item.ts";

/** Our label → the tenant's label (GUID). Empty: Purview is left alone. */
export type PurviewMapping = Readonly<Partial<Record<LabelId, string>>>;

export function purviewMapping(policy: Policy | null): PurviewMapping {
  const mapping: Partial<Record<LabelId, string>> = {};
  for (const label of policy?.labels ?? []) {
    if (label.purview_id) {
      mapping[label.id] = label.purview_id;
    }
  }
  return mapping;
}

export async function readPurview(item: ComposeItem, mapping: PurviewMapping): Promise<LabelId | null> {
  if (!(await isUsable(mapping))) {
    return null;
  }
  const guid = await call<string>("sensitivityLabel.getAsync", (done) => {
    item.sensitivityLabel.getAsync(done);
  });
  const labels = Object.keys(mapping) as LabelId[];
  return labels.find((label) => mapping[label] === guid) ?? null;
}

/** Sets the mapped label. A label without a counterpart, and taking a label off, leave Purview as it is. */
export async function writePurview(item: ComposeItem, label: LabelId | null, mapping: PurviewMapping): Promise<void> {
  const guid = label === null ? undefined : mapping[label];
  if (guid === undefined || !(await isUsable(mapping))) {
    return;
  }
  await call<void>("sensitivityLabel.setAsync", (done) => {
    item.sensitivityLabel.setAsync(guid, done);
  });
}

async function isUsable(mapping: PurviewMapping): Promise<boolean> {
  if (Object.keys(mapping).length === 0 || !supports("1.13")) {
    return false;
  }
  const asked = call<boolean>("sensitivityLabelsCatalog.getIsEnabledAsync", (done) => {
    Office.context.sensitivityLabelsCatalog.getIsEnabledAsync(done);
  });
  return orElse(asked, false);
}
