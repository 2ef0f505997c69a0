/** Who the recipients are, as a set, and confirmations that count for that set alone. */

import type { Recipient } from "../contract/draft.ts";
import { fingerprint } from "./fingerprint.ts";

export interface Confirmations {
  /** The set that was confirmed: for any other, the confirmations are worth nothing. */
  readonly set: string;
  /** Keys of those who are confirmed (`addressKey`). */
  readonly addresses: readonly string[];
}

export const NO_CONFIRMATIONS: Confirmations = { set: "", addresses: [] };

/** The address as addresses are compared: without case and without blanks around it. */
export function addressKey(address: string): string {
  return address.trim().toLowerCase();
}

/** The same for the same addresses in any order and any role. */
export function recipientSet(recipients: readonly Recipient[]): string {
  const keys = new Set(recipients.map((recipient) => addressKey(recipient.address)));
  return fingerprint([...keys].sort().join("\n"));
}

/** The confirmed addresses; none when the recipients are others than those that were confirmed. */
export function confirmedOf(confirmations: Confirmations, recipients: readonly Recipient[]): readonly string[] {
  if (confirmations.addresses.length === 0 || confirmations.set !== recipientSet(recipients)) {
    return [];
  }
  return confirmations.addresses;
}

/** The confirmations with these addresses confirmed, or no longer so. */
export function withConfirmed(
  confirmations: Confirmations,
  recipients: readonly Recipient[],
  addresses: readonly string[],
  confirmed: boolean,
): Confirmations {
  const keys = addresses.map(addressKey);
  const others = confirmedOf(confirmations, recipients).filter((known) => !keys.includes(known));
  return { set: recipientSet(recipients), addresses: confirmed ? others.concat(keys) : others };
}

/** Confirmations as they were stored, checked; none where what was stored is something else. */
export function readConfirmations(stored: unknown): Confirmations {
  const fields = stored as { set?: unknown; addresses?: unknown } | null;
  if (typeof fields !== "object" || fields === null || typeof fields.set !== "string" || !Array.isArray(fields.addresses)) {
    return NO_CONFIRMATIONS;
  }
  return { set: fields.set, addresses: fields.addresses.filter((entry): entry is string => typeof entry === "string") };
}
