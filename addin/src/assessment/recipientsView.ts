/** What the pane shows of the recipients: who needs a thought, who is folded away, and what is left to confirm. */

import type { SendDecision } from "../contract/assessment.ts";
import type { Recipient } from "../contract/draft.ts";
import type { NotTold, RecipientCheck, RecipientVerdict, RecipientConcern, RecipientChecks, ToConfirm } from "../contract/recipients.ts";
import { uncheckedRecipient } from "./recipientAnswer.ts";
import { addressKey, confirmedOf, type Confirmations } from "./recipientSet.ts";
import { strictest, strictness } from "./strictness.ts";

/** Cards that are shown at first, and how many more each press on "show more" gives. */
export const CARDS_AT_ONCE = 50;

const MISADDRESSED: readonly RecipientVerdict[] = ["lookalike", "unknown", "disabled"];

/** Why the directory could not be asked. */
export type DirectoryTrouble = Exclude<NotTold, "not_an_address">;

export interface ShownRecipient {
  readonly key: string;
  readonly check: RecipientCheck;
  /** The directory's name, else the one that Outlook shows; empty without either. */
  readonly name: string;
  readonly confirmed: boolean;
  /** Nothing that one confirms lets it go to this recipient. */
  readonly held: boolean;
}

export interface RecipientsView {
  readonly asks: ToConfirm;
  /** Those that need thought, one by one. */
  readonly cards: readonly ShownRecipient[];
  /** Everybody else: folded. */
  readonly rest: readonly ShownRecipient[];
  /** Whether the one question about the folded is asked, and whether it is answered. */
  readonly asksOfRest: boolean;
  readonly restConfirmed: boolean;
  /** Recipients that the server has not answered about yet. */
  readonly pending: number;
  /** Everything that is asked is confirmed, and nothing is held. */
  readonly settled: boolean;
  /** Somebody's address is probably not the one that was meant. */
  readonly misaddressed: boolean;
  /** Of the recipients together; what matters most first. */
  readonly notes: readonly RecipientConcern[];
  /** Why the directory could not be asked of some; null when it was. */
  readonly notTold: DirectoryTrouble | null;
  /** The strictest of what no confirmation takes away. */
  readonly decision: SendDecision;
}

export interface RecipientsState {
  readonly checks: RecipientChecks | null;
  readonly recipients: readonly Recipient[];
  readonly confirmed: Confirmations;
}

/** `asked`: an obligation asks for the recipients, so that without the server's word of them each one must be thought of. */
export function recipientsView(state: RecipientsState, asked: boolean): RecipientsView {
  const asks = state.checks?.to_confirm ?? (asked ? "each" : "none");
  const people = shownRecipients(state, asked);
  const isCard = (one: ShownRecipient): boolean => one.held || (asks !== "none" && one.check.needs_thought);
  const cards = people.filter(isCard);
  const rest = people.filter((one) => !isCard(one));
  const notes = byWeight(state.checks?.concerns ?? []);
  const shown = {
    asks, cards, rest, notes,
    asksOfRest: asks === "each" && rest.length > 0,
    restConfirmed: rest.every((one) => one.confirmed),
    pending: distinct(state.recipients).length - people.length,
    misaddressed: cards.some((one) => MISADDRESSED.includes(one.check.verdict)),
  };
  return { ...shown, settled: isSettled(shown), notTold: notToldOf(people), decision: decisionOf(cards, notes) };
}

function isSettled(shown: Omit<RecipientsView, "settled" | "notTold" | "decision">): boolean {
  const isAnswered = shown.asks === "none" || shown.pending === 0;
  const isSomebody = shown.cards.length + shown.rest.length > 0;
  const isConfirmed = shown.cards.every((one) => one.confirmed && !one.held) && (!shown.asksOfRest || shown.restConfirmed);
  return isAnswered && isSomebody && isConfirmed && shown.notes.every((note) => note.decision !== "block");
}

/** A directory that could not be asked: one reason for all. An address that is none has its own card to say so. */
function notToldOf(people: readonly ShownRecipient[]): DirectoryTrouble | null {
  const reasons = people.map((one) => one.check.reason).filter((reason) => reason !== "not_an_address");
  return reasons.find((reason) => reason !== null) ?? null;
}

function decisionOf(cards: readonly ShownRecipient[], notes: readonly RecipientConcern[]): SendDecision {
  const held = cards.some((one) => one.held);
  return strictest([...notes.map((note) => note.decision), held ? "block" : "allow"]);
}

/** Each address once, in the draft's order; those that the server has not answered about are left out while it may still do so. */
function shownRecipients(state: RecipientsState, asked: boolean): ShownRecipient[] {
  const known = new Map(state.checks?.each.map((check) => [addressKey(check.address), check]) ?? []);
  const confirmed = new Set(confirmedOf(state.confirmed, state.recipients));
  const shown: ShownRecipient[] = [];
  for (const recipient of distinct(state.recipients)) {
    const key = addressKey(recipient.address);
    const check = known.get(key) ?? (state.checks === null && asked ? uncheckedRecipient(recipient.address) : null);
    if (check !== null) {
      shown.push({ key, check, name: nameOf(recipient, check), confirmed: confirmed.has(key), held: isHeld(check) });
    }
  }
  return shown;
}

function distinct(recipients: readonly Recipient[]): Recipient[] {
  return [...new Map([...recipients].reverse().map((recipient) => [addressKey(recipient.address), recipient])).values()].reverse();
}

/** Outlook shows the address as the name of somebody it does not know. */
function nameOf(recipient: Recipient, check: RecipientCheck): string {
  const own = addressKey(recipient.name) === addressKey(recipient.address) ? "" : recipient.name.trim();
  const known = check.person?.name.trim() ?? "";
  return known === "" ? own : known;
}

function isHeld(check: RecipientCheck): boolean {
  return check.decision === "block" || check.concerns.some((concern) => concern.decision === "block");
}

/** What gives cause to think first, what is merely good to know after it. */
export function byWeight(concerns: readonly RecipientConcern[]): RecipientConcern[] {
  return [...concerns].sort((one, other) => strictness(other.decision) - strictness(one.decision));
}

/** Keys of those who wait for a thought: for telling when somebody new has come. */
export function waitingKeys(view: RecipientsView): string[] {
  return view.cards.filter((one) => !one.confirmed).map((one) => one.key);
}
