/** Where a forward stands: what is asked of the sender, what is waited for, and what an approval does not cover. Plain values. */

import type { Obligation } from "../contract/assessment.ts";
import type { Recipient } from "../contract/draft.ts";
import type { ForwardRequest, ForwardSignal, ForwardStanding } from "../contract/forward.ts";
import type { RequestNews } from "./feedback.ts";
import { addressKey } from "./recipientSet.ts";

/** What is filled in. `without` are keys of recipients that are not asked for; `isOpen` a form for one more request. */
export interface RequestForm {
  readonly reason: string;
  readonly comment: string;
  readonly without: readonly string[];
  readonly isOpen: boolean;
  /** The button was pressed while something was missing. */
  readonly tried: boolean;
}

export const EMPTY_FORM: RequestForm = { reason: "", comment: "", without: [], isOpen: false, tried: false };

/** The server takes no longer comment. Characters. */
export const LONGEST_COMMENT = 500;

/** The most telling first. */
const TELLING: readonly ForwardSignal[] = ["attached_item", "new_recipient", "compose_type", "content", "subject_prefix", "unknown_type", "passage", "similar"];

/**
 * `ask`: nothing has been asked. `waiting`, `refused`: of the request. `over`: it has run out, was taken back or used. `approved`: the
 * draft may go. `outside`: there is an approval, but not for the draft as it stands.
 */
export type ForwardPhase = "ask" | "waiting" | "approved" | "outside" | "refused" | "over";

export interface ForwardView {
  readonly phase: ForwardPhase;
  /** Why the draft counts as a forward; null where the server does not say. */
  readonly signal: ForwardSignal | null;
  readonly request: ForwardRequest | null;
  /** Recipients of the draft, each once. */
  readonly recipients: readonly Recipient[];
  /** Those of them that the approval does not cover. */
  readonly uncovered: readonly Uncovered[];
  readonly asksAgain: boolean;
  /** Those who are asked for if the button is pressed now. */
  readonly chosen: readonly Recipient[];
}

export interface Uncovered {
  readonly recipient: Recipient;
  /** Asked for and not approved; else somebody who was added later. */
  readonly denied: boolean;
}

export interface ForwardState {
  readonly forward: ForwardStanding | null;
  readonly request: ForwardRequest | null;
  readonly recipients: readonly Recipient[];
  readonly form: RequestForm;
  /** Null while the server's word of the draft is out of date for other reasons than a change of it. */
  readonly assessedDigest: string | null;
}

/** Null where no approval is needed. */
export function forwardView(state: ForwardState, obligation: Obligation | undefined): ForwardView | null {
  if (obligation === undefined) {
    return null;
  }
  const recipients = distinct(state.recipients);
  const phase = phaseOf(state, obligation.met);
  const { request, form } = state;
  return {
    phase,
    signal: TELLING.find((signal) => state.forward?.signals.includes(signal)) ?? null,
    request,
    recipients,
    uncovered: request === null ? [] : uncoveredIn(phase, request, recipients),
    asksAgain: phase === "ask" || phase === "over" || (form.isOpen && (phase === "outside" || phase === "refused")),
    chosen: recipients.filter(({ address }) => !form.without.includes(addressKey(address))),
  };
}

function phaseOf({ request, assessedDigest }: ForwardState, met: boolean): ForwardPhase {
  if (met) {
    return "approved";
  }
  switch (request?.status) {
    case undefined:
      return "ask";
    case "pending":
      return "waiting";
    case "approved":
      // Just approved, and the draft not judged since: whether it is covered is not known yet.
      return assessedDigest === null ? "approved" : "outside";
    case "refused":
      return "refused";
    default:
      return "over";
  }
}

function uncoveredIn(phase: ForwardPhase, request: ForwardRequest, recipients: readonly Recipient[]): Uncovered[] {
  switch (phase) {
    case "outside":
    case "approved":
      return uncoveredBy(request, recipients);
    case "waiting":
      // Nobody has an answer yet; who is not asked about will not get one.
      return uncoveredBy(request, recipients).filter((one) => !one.denied);
    default:
      return [];
  }
}

function uncoveredBy(request: ForwardRequest, recipients: readonly Recipient[]): Uncovered[] {
  const approved = request.approved_recipients.map(addressKey);
  const asked = request.recipients.map((one) => addressKey(one.address));
  return recipients
    .filter(({ address }) => !approved.includes(addressKey(address)))
    .map((recipient) => ({ recipient, denied: asked.includes(addressKey(recipient.address)) }));
}

function distinct(recipients: readonly Recipient[]): Recipient[] {
  const seen = new Set<string>();
  return recipients.filter(({ address }) => {
    const key = addressKey(address);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** What is known of a request, after the server has said `told`. An answer that was late does not undo a decision. */
export function latestRequest(known: ForwardRequest | null, told: ForwardRequest | null): ForwardRequest | null {
  if (known === null || told === null) {
    return known ?? told;
  }
  if (known.id !== told.id) {
    return Date.parse(told.asked_at) > Date.parse(known.asked_at) ? told : known;
  }
  return ORDER.indexOf(told.status) >= ORDER.indexOf(known.status) ? told : known;
}

/** A status never goes back. */
const ORDER: readonly ForwardRequest["status"][] = ["pending", "approved", "refused", "expired", "withdrawn", "used"];

/** What to tell when a request is another than before; null when there is no news. */
export function requestNews(before: ForwardRequest | null, now: ForwardRequest | null): RequestNews | null {
  if (now === null || before?.id !== now.id || before.status === now.status || now.status === "pending") {
    return null;
  }
  const isPartly = now.status === "approved" && now.recipients.some((one) => !one.approved);
  return isPartly ? "partly" : now.status;
}
