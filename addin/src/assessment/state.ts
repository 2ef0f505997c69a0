/** What the pane knows, and how each event changes it. Plain values: no Office, no page, no clock. */

import type { Assessment, Grounds } from "../contract/assessment.ts";
import type { Draft, LabelId, Recipient } from "../contract/draft.ts";
import type { ForwardRequest, ForwardStanding } from "../contract/forward.ts";
import type { Policy } from "../contract/policy.ts";
import type { RecipientChecks } from "../contract/recipients.ts";
import { NO_FEEDBACK, type Feedback, type Notice } from "./feedback.ts";
import { EMPTY_FORM, latestRequest, type RequestForm } from "./forward.ts";
import { readForwardStanding } from "./forwardAnswer.ts";
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
  /** What is known of the assessed draft's thread. */
  readonly forward: ForwardStanding | null;
  /** The request to forward that the sender made last in this draft, and what is filled in for the next. */
  readonly request: ForwardRequest | null;
  readonly form: RequestForm;
  /** Code of what kept a question, or taking it back, from getting through. */
  readonly requestTrouble: string | null;
  /** The question, or taking it back, is on its way. */
  readonly requesting: boolean;
  /** It could not be learned lately where the request stands. */
  readonly requestUnheard: boolean;
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
  forward: null,
  request: null,
  form: EMPTY_FORM,
  requestTrouble: null,
  requesting: false,
  requestUnheard: false,
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

/**
 * The server answered about `draft`, which has this digest; null when it is to be asked again all the same. A later draft may stand
 * by now: then the answer is shown as being updated.
 */
export function withAssessment(state: PaneState, assessment: Assessment, draft: Pick<Draft, "recipients">, digest: string | null): PaneState {
  const checks = addressed(readRecipientChecks(assessment.recipients), draft.recipients);
  const forward = readForwardStanding(assessment.forward);
  const told = forward?.request ?? null;
  const settles = told?.status === "approved" && assessment.obligations.some(({ code, met }) => code === "request_forward_approval" && met);
  const request = settles ? told : latestRequest(state.request, told);
  return { ...state, assessment, checks, forward, request, assessedDigest: digest, trouble: null };
}

export function withTrouble(state: PaneState, code: string): PaneState {
  return { ...state, trouble: code };
}

/** Whether what is shown is about an earlier version of the draft. */
export function isUpdating(state: PaneState): boolean {
  return state.assessment !== null && state.assessedDigest !== state.currentDigest;
}
