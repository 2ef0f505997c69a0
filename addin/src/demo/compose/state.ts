/** What the demo page shows. */

import type { ClientId } from "../fakeOffice/profiles.ts";
import type { SimulatedItem } from "../fakeOffice/simulatedItem.ts";
import type { RecipientRole } from "../../contract/draft.ts";
import type { InboxMessage } from "./bodyHtml.ts";
import type { Entry, Person } from "./directory.ts";

/** The manifest's `SendMode`. */
export type SendMode = "prompt" | "soft_block" | "block";

export interface SmartAlert {
  readonly message: string;
  readonly canSendAnyway: boolean;
  /** Text of the button that opens the pane; null when there is none. */
  readonly actionLabel: string | null;
  readonly dismissLabel: string;
  /** The "don't send" button opens the pane too, on clients without an action button. */
  readonly dismissOpensPane: boolean;
}

export interface SentItem {
  readonly message: InboxMessage;
  readonly names: string;
  readonly label: string;
  /** Lower-case addresses of the sender and of those who got it. */
  readonly sender: string;
  readonly receivers: readonly string[];
}

/** A notice that the service would have mailed (`GET /demo/outbox`). */
export interface OutgoingNotice {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Where it leads; empty when nowhere. */
  readonly link: string;
  readonly state: string;
  readonly madeAt: string;
}

/** What stands in a recipient field beside the chosen people. */
export interface TypedRecipient {
  readonly role: RecipientRole;
  readonly text: string;
  /** Index of the marked suggestion, -1 when none is. */
  readonly active: number;
}

export interface DemoState {
  readonly people: readonly Person[];
  /** The address book. */
  readonly book: readonly Entry[];
  readonly signedIn: Person | null;
  readonly client: ClientId;
  readonly sendMode: SendMode;
  readonly item: SimulatedItem;
  /** Grows with each new draft: frames and editor are made anew. */
  readonly draftNumber: number;
  /** Grows when the page itself rewrites the body: the editor is made anew. */
  readonly bodyNumber: number;
  readonly screen: "compose" | "read" | "sent" | "notices";
  readonly reading: InboxMessage | null;
  readonly paneOpen: boolean;
  readonly typed: TypedRecipient | null;
  readonly sending: boolean;
  readonly alert: SmartAlert | null;
  readonly sent: readonly SentItem[];
  readonly notice: string;
  /** Null: they could not be fetched. */
  readonly outgoing: readonly OutgoingNotice[] | null;
}
