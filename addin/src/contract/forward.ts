/** What the server says of flagged threads and of requests to forward what is in them. No text of a draft. */

import type { Draft, LabelId } from "./draft.ts";
import type { RecipientVerdict } from "./recipients.ts";

/** Why a draft counts as a forward. */
export type ForwardSignal = "compose_type" | "subject_prefix" | "attached_item" | "new_recipient" | "content" | "unknown_type" | "passage" | "similar";

export type RequestStatus = "pending" | "approved" | "refused" | "expired" | "withdrawn" | "used";

/** What the server knows of the draft's thread. */
export interface ThreadStanding {
  readonly thread_flagged: boolean;
  /** `none` where the thread is not flagged. */
  readonly thread_label: LabelId;
  /** Whether the draft counts as a forward; `signals` say why. */
  readonly counts: boolean;
  readonly signals: readonly ForwardSignal[];
}

export interface RequestedRecipient {
  readonly address: string;
  readonly name: string;
  readonly verdict: RecipientVerdict;
  readonly approved: boolean;
}

/** A request as its requester may see it. */
export interface ForwardRequest {
  readonly id: string;
  readonly status: RequestStatus;
  readonly approved_recipients: readonly string[];
  readonly recipients: readonly RequestedRecipient[];
  readonly reason: string;
  /** ISO 8601 instants. */
  readonly asked_at: string;
  readonly expires_at: string;
  readonly decided_at: string | null;
  /** The approver's comment and name; empty without. */
  readonly answer: string;
  readonly decider: string;
}

export interface ForwardStanding extends ThreadStanding {
  /** The request for what the draft holds now; null without one. */
  readonly request: ForwardRequest | null;
}

export interface ForwardQuestion {
  readonly draft: Draft;
  readonly verdict: string;
  readonly recipients: readonly string[];
  readonly reason: string;
  readonly comment: string;
}
