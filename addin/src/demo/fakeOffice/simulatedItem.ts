/** The item that the simulated Outlook holds: the compose page edits it, FakeOffice reads and changes it. */

import type { ComposeType, DraftKind, Mailbox, RecipientRole } from "../../contract/draft.ts";

export interface SimulatedRecipient {
  readonly name: string;
  /** Empty while Outlook has not resolved what was typed. */
  readonly address: string;
}

export interface SimulatedAttachment {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly inline: boolean;
  readonly base64: string;
  /** The text of an attached mail (.eml), in the place of `base64`. */
  readonly eml?: string;
}

/** A bar above the item; without a button both of its fields are null. */
export interface Notification {
  readonly type: string;
  readonly message: string;
  readonly actionText: string | null;
  readonly commandId: string | null;
}

export interface ItemContent {
  kind: DraftKind;
  composeType: ComposeType;
  subject: string;
  bodyHtml: string;
  recipients: Record<RecipientRole, SimulatedRecipient[]>;
  attachments: SimulatedAttachment[];
  from: Mailbox;
  conversationId: string | null;
  inReplyTo: string | null;
  location: string;
  start: Date;
  end: Date;
}

/** Office's own names of item events. */
export type ItemEvent =
  | "olkRecipientsChanged"
  | "olkAttachmentsChanged"
  | "olkAppointmentTimeChanged"
  | "olkSensitivityLabelChanged"
  | "olkInitializationContextChanged";

export class SimulatedItem {
  readonly content: ItemContent;
  readonly sessionData = new Map<string, string>();
  readonly headers = new Map<string, string>();
  /** What has been saved with `saveAsync`; a loaded copy does not change it. */
  customProperties: Record<string, string> = {};
  readonly notifications = new Map<string, Notification>();
  purviewLabel = "";
  readonly #listeners = new Map<string, Set<() => void>>();

  constructor(content: ItemContent) {
    this.content = content;
  }

  /** Adds a listener; the answer removes it. `changed` hears everything that an add-in changed. */
  on(event: ItemEvent | "changed", listener: () => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(event, listeners);
    return () => listeners.delete(listener);
  }

  emit(event: ItemEvent | "changed"): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      listener();
    }
  }
}

export function emptyRecipients(): ItemContent["recipients"] {
  return { to: [], cc: [], bcc: [], required: [], optional: [] };
}
