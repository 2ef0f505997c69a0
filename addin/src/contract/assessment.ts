/** What the server answers about a draft. No field holds the draft's own text; excerpts are masked. */

import type { LabelId } from "./draft.ts";

export type SendDecision = "allow" | "prompt" | "block";

export type ObligationCode =
  | "use_secure_channel"
  | "set_label"
  | "state_ground"
  | "state_photo_basis"
  | "verify_recipients"
  | "request_forward_approval"
  | "remove_hidden_data"
  | "neutral_subject"
  | "use_secure_meeting"
  | "share_in_folder"
  | "move_to_work_mail"
  | "meeting_checklist";

export interface Finding {
  readonly category: string;
  readonly rule: string;
  /** `subject`, `body`, `quoted`, `location`, `attachment:N` or `attachment_name:N`. */
  readonly part: string;
  readonly start: number;
  readonly end: number;
  readonly excerpt: string;
  readonly about_person: boolean;
  /** 0–1. */
  readonly confidence: number;
  readonly explanation: string;
  readonly source: readonly string[];
}

/** A sentence of a part. `number` counts from 1; null where the text stands in no sentence. */
export interface Place {
  readonly part: string;
  readonly start: number;
  readonly end: number;
  readonly number: number | null;
}

export interface Reason {
  /** Plain Swedish. */
  readonly text: string;
  /** Empty for what makes people findable and is no finding of its own. */
  readonly categories: readonly string[];
  /** Indices into the assessment's findings. */
  readonly findings: readonly number[];
  readonly rules: readonly string[];
  readonly sentence: Place | null;
  readonly places: readonly Place[];
  /** 0–1. */
  readonly confidence: number;
  /** `decides`: the label falls without it. `shares`: others carry the label too. `adds`: it has no part in the label. */
  readonly role: "decides" | "shares" | "adds";
}

/** What to take out for `label` to be enough. */
export interface LoweringStep {
  readonly label: LabelId;
  readonly findings: readonly number[];
  readonly text: string;
}

export interface Obligation {
  readonly code: ObligationCode;
  readonly met: boolean;
  readonly text: string;
  readonly source: readonly string[];
  /** What a send meets while this is unmet. */
  readonly decision?: SendDecision;
  /** Which ground is asked for; null for obligations about something else. */
  readonly ground?: GroundKind | null;
}

export interface Assessment {
  readonly id: string;
  readonly label: LabelId;
  readonly confidence: number;
  readonly categories: readonly string[];
  readonly findings: readonly Finding[];
  /** The most telling first. */
  readonly reasons: readonly Reason[];
  readonly lowering: readonly LoweringStep[];
  readonly obligations: readonly Obligation[];
  readonly send_decision: SendDecision;
  /** Opaque: binds the decision to the draft. Handed back in a send check. */
  readonly verdict: string;
  readonly summary: string;
  /** Why the label is suggested, one Swedish sentence; empty without one. */
  readonly reason?: string;
  /** Friendly words that demand nothing. */
  readonly tips?: readonly string[];
  /** Who the recipients are; see `RecipientChecks`. Read with care: an older server says nothing of them. */
  readonly recipients?: unknown;
  /** What is known of the thread; see `ForwardStanding`. Read with care, as `recipients` are. */
  readonly forward?: unknown;
}

/** Which ground of each kind the sender has stated. */
export type GroundKind = "personnummer" | "sensitive" | "photo";
export type Grounds = Readonly<Partial<Record<GroundKind, string>>>;

export interface SendCheck {
  readonly send_decision: SendDecision;
  readonly message: string;
  readonly obligations: readonly Obligation[];
  readonly receipt: string | null;
}
