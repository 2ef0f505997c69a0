/** What `GET /policy` says: the municipality's labels, grounds, sources and channels. */

import type { GroundKind } from "./assessment.ts";
import type { LabelId } from "./draft.ts";

export interface PolicyLabel {
  readonly id: LabelId;
  readonly name: string;
  readonly name_en: string;
  readonly color: string;
  readonly classification: readonly { readonly aspect: string; readonly level: string }[];
  /** The id of an entry in `Policy.channels`; null where Outlook itself is good enough. */
  readonly channel: string | null;
  readonly assurance: string | null;
  /** The Purview label (GUID) that this label is mapped to, where the municipality has such labels. */
  readonly purview_id?: string | null;
}

export interface PolicyGround {
  readonly code: string;
  readonly text: string;
  readonly text_en: string;
}

/** A ground on which something secret may be disclosed, with the law that says so. */
export interface PolicyReason extends PolicyGround {
  readonly source: string;
}

export interface PolicySource {
  readonly id: string;
  readonly document: string;
  readonly section: string;
  readonly text: string;
}

export interface PolicyChannel {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly kind: "message" | "meeting";
}

export interface Policy {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly labels: readonly PolicyLabel[];
  readonly categories: readonly { readonly id: string; readonly name: string; readonly name_en: string }[];
  readonly grounds: Readonly<Record<GroundKind, readonly PolicyGround[]>>;
  /** Missing from an older server. */
  readonly reasons?: readonly PolicyReason[];
  readonly sources: readonly PolicySource[];
  readonly channels: readonly PolicyChannel[];
}
