/** What the pane knows, and how each event changes it. Plain values: no Office, no page, no clock. */

import type { Assessment, Grounds } from "../contract/assessment.ts";
import type { Draft, LabelId, Recipient } from "../contract/draft.ts";
import type { Policy } from "../contract/policy.ts";
import type { RecipientChecks } from "../contract/recipients.ts";
import { NO_FEEDBACK, type Feedback, type Notice } from "./feedback.ts";
import { readRecipientChecks } from "./recipientAnswer.ts";
import { addressed, type RecipientDetails } from "./recipientDetails.ts";
import { confirmedOf, NO_CONFIRMATIONS, type Confirmations } from "./recipientSet.ts";
import { CARDS_AT_ONCE } from "./recipientsView.ts";

export interface PaneState {
  readonly policy: Policy | null;
  readonly assessment: Assessment | null;
  /** Digest of the draft that `assessment` is about, and of the draft as it stands. */
  readonly assessedDigest: string | null;
  readonly currentDigest: string | null;
  readonly label: LabelId | null;
  readonly recipients: readonly Recipient[];
  readonly kind: Draft["kind"];
  readonly grounds: Grounds;
  /** What follows from the recipients of the assessed draft, and who they are. */
  readonly checks: RecipientChecks | null;
  readonly details: RecipientDetails | null;
  /** It is being asked who they are. */
  readonly lookingUp: boolean;
  readonly confirmed: Confirmations;
  /** Confirmations fell because the recipients changed, and nobody has been confirmed since. */
  readonly fell: boolean;
  /** How many recipients are shown one by one. */
  readonly shownRecipients: number;
  /** Code of what went wrong last, null when nothing is wrong. */
  readonly trouble: string | null;
  /** Code of a failed action of the user's (setting the label), shown beside it. */
  readonly actionTrouble: string | null;
  readonly showAllReasons: boolean;
  readonly feedback: Feedback;
  readonly notice: Notice | null;
}

export const INITIAL_STATE: PaneState = {
  policy: null,
  assessment: null,
  assessedDigest: null,
  currentDigest: null,
  label: null,
  recipients: [],
  kind: "message",
  grounds: {},
  checks: null,
  details: null,
  lookingUp: false,
  confirmed: NO_CONFIRMATIONS,
  fell: false,
  shownRecipients: CARDS_AT_ONCE,
  trouble: null,
  actionTrouble: null,
  showAllReasons: false,
  feedback: NO_FEEDBACK,
  notice: null,
};

/** The draft was read: what kept Outlook from handing it over is past, and so is trouble about a draft that no longer stands. */
export function withDraft(state: PaneState, draft: Draft, digest: string): PaneState {
  const holds = confirmedOf(state.confirmed, draft.recipients).length > 0;
  const isPast = state.trouble?.startsWith("office_") === true || digest === state.assessedDigest;
  return {
    ...state,
    trouble: isPast ? null : state.trouble,
    currentDigest: digest,
    label: draft.label,
    recipients: draft.recipients,
    kind: draft.kind,
    confirmed: holds ? state.confirmed : NO_CONFIRMATIONS,
    fell: !holds && (state.fell || state.confirmed.addresses.length > 0),
  };
}

/** The server answered about `draft`, which has this digest. A later draft may stand by now: then the answer is shown as being updated. */
export function withAssessment(state: PaneState, assessment: Assessment, draft: Pick<Draft, "recipients">, digest: string): PaneState {
  const checks = addressed(readRecipientChecks(assessment.recipients), draft.recipients);
  return { ...state, assessment, checks, assessedDigest: digest, trouble: null };
}

export function withTrouble(state: PaneState, code: string): PaneState {
  return { ...state, trouble: code };
}

/** Whether what is shown is about an earlier version of the draft. */
export function isUpdating(state: PaneState): boolean {
  return state.assessment !== null && state.assessedDigest !== state.currentDigest;
}
