/** What the server says of the recipients: who each one is, and what gives cause to think twice. */

import type { SendDecision } from "./assessment.ts";
import type { LabelId, Mailbox, Recipient } from "./draft.ts";

export type RecipientVerdict =
  | "verified"
  | "other_unit"
  | "group"
  | "external"
  | "unknown"
  | "disabled"
  | "lookalike"
  | "private"
  | "unverifiable";

/** Why the directory has not told of an address. */
export type NotTold =
  | "not_an_address"
  | "no_directory"
  | "directory_down"
  | "directory_slow"
  | "directory_busy"
  | "directory_not_permitted"
  | "sign_in_again";

export type EntryKind = "person" | "group" | "shared_mailbox" | "room" | "contact";

/** Texts are empty where the directory has none. */
export interface DirectoryPerson {
  readonly kind: EntryKind;
  readonly address: string;
  readonly name: string;
  readonly title: string;
  readonly department: string;
  readonly office: string;
  readonly company: string;
  readonly manager: string;
  readonly enabled: boolean;
  readonly guest: boolean;
  readonly committee: string;
  readonly branch: string;
}

/** Whom a group reaches. `at_least`: counting stopped early. */
export interface Members {
  readonly count: number | null;
  readonly external: number | null;
  readonly at_least: boolean;
  readonly external_names: readonly string[];
}

export interface MailTips {
  readonly automatic_reply: boolean;
  readonly mailbox_full: boolean;
  readonly moderated: boolean;
}

export interface RecipientConcern {
  readonly code: string;
  readonly decision: SendDecision;
  readonly text: string;
  readonly text_en: string;
}

/** Somebody who may have been meant instead. */
export interface MeantPerson {
  readonly address: string;
  readonly name: string;
  readonly title: string;
  readonly department: string;
}

export interface RecipientCheck {
  readonly address: string;
  readonly verdict: RecipientVerdict;
  /** Stands with `unverifiable` only. */
  readonly reason: NotTold | null;
  readonly decision: SendDecision;
  readonly person: DirectoryPerson | null;
  readonly members: Members | null;
  readonly mail_tips: MailTips | null;
  /** The domain that a lookalike is taken for; empty otherwise. */
  readonly resembles: string;
  /** The known organisation behind an external domain; empty otherwise. */
  readonly organisation: string;
  readonly concerns: readonly RecipientConcern[];
  readonly meant: readonly MeantPerson[];
  readonly advice: string;
  readonly advice_en: string;
  /** Must be confirmed one by one. */
  readonly needs_thought: boolean;
}

/** `each`: everybody must be confirmed. `questioned`: only those that need thought. `none`: nobody. */
export type ToConfirm = "each" | "questioned" | "none";

export interface RecipientChecks {
  /** In the order of the draft's recipients. */
  readonly each: readonly RecipientCheck[];
  /** Of the recipients together. */
  readonly concerns: readonly RecipientConcern[];
  readonly to_confirm: ToConfirm;
}

export interface RecipientCheckRequest {
  readonly sender: Mailbox | null;
  readonly recipients: readonly Recipient[];
  readonly label?: LabelId;
}
