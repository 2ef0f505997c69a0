/** What the sender says of an assessment. Nothing of the draft's text is kept by the server. */

import type { Draft, LabelId } from "./draft.ts";

export interface FeedbackFinding {
  readonly rule: string;
  readonly category: string;
  readonly right: boolean;
}

/** The last answer for the same `id` counts. */
export interface FeedbackRequest {
  /** The assessment's. */
  readonly id: string;
  readonly label: LabelId;
  readonly findings: readonly FeedbackFinding[];
  readonly draft: Draft;
}
