/** A draft as `/api/v1` takes it. The server refuses unknown keys, so nothing but these may stand in it. */

export type LabelId = "none" | "kanslig" | "mycket_kanslig";
export type DraftKind = "message" | "appointment";
export type ComposeType = "new" | "reply" | "forward";
export type RecipientRole = "to" | "cc" | "bcc" | "required" | "optional";

export interface Mailbox {
  readonly address: string;
  readonly name: string;
}

export interface Recipient extends Mailbox {
  readonly role: RecipientRole;
}

export interface Attachment {
  readonly name: string;
  readonly inline: boolean;
  /** Of attached mails only: `message/rfc822`. */
  readonly content_type?: string;
  readonly content_base64?: string;
}

export interface Draft {
  readonly kind: DraftKind;
  readonly compose_type: ComposeType;
  readonly subject: string;
  readonly body: string;
  readonly body_format: "text" | "html";
  readonly sender: Mailbox | null;
  readonly recipients: readonly Recipient[];
  readonly attachments: readonly Attachment[];
  readonly conversation_id: string | null;
  readonly in_reply_to: string | null;
  readonly label: LabelId | null;
  readonly location: string;
  /** ISO 8601 instants, bookings only. */
  readonly start: string | null;
  readonly end: string | null;
  /** A random word that stays with the draft; null where the client keeps none. */
  readonly session: string | null;
}

/** The labels from the mildest to the strictest. */
export const LABEL_ORDER: readonly LabelId[] = ["none", "kanslig", "mycket_kanslig"];

export function isLabelId(value: unknown): value is LabelId {
  return LABEL_ORDER.some((label) => label === value);
}

export function isComposeType(value: unknown): value is ComposeType {
  return value === "new" || value === "reply" || value === "forward";
}
