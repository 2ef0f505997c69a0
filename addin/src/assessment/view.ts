/** What the pane shows, decided from what it knows. The page only draws this. */

import type { Assessment, Obligation, Reason, SendDecision } from "../contract/assessment.ts";
import type { LabelId } from "../contract/draft.ts";
import type { PolicyChannel, PolicyLabel } from "../contract/policy.ts";
import { forwardView, type ForwardView } from "./forward.ts";
import { coversLabel, currentDecision, currentObligations, isAdvice, isOfRecipients } from "./obligations.ts";
import { FIRST_REASONS } from "./reasons.ts";
import { joined } from "./recipientDetails.ts";
import { recipientsView, type RecipientsView } from "./recipientsView.ts";
import { isUpdating, type PaneState } from "./state.ts";
import { strictest } from "./strictness.ts";

/**
 * `checking`: no answer yet. `clear`: nothing found. `advice`: no label needed, but something to do or think of.
 * `suggestion`: a label is suggested and something is left to do. `done`: all that must be done is done. `stopped`: trouble, and nothing to show.
 */
export type Phase = "checking" | "clear" | "advice" | "suggestion" | "done" | "stopped";

export interface PaneView {
  readonly phase: Phase;
  readonly trouble: string | null;
  /** What is shown is about an earlier version of the draft, and a newer answer is on its way. */
  readonly updating: boolean;
  /** The same, but no newer answer can be had: nothing reassuring may be said of what was not read. */
  readonly stale: boolean;
  readonly suggested: PolicyLabel | null;
  readonly set: PolicyLabel | null;
  /** The label that the main button sets; null when the draft's own is strict enough. */
  readonly toSet: PolicyLabel | null;
  readonly reasons: readonly Reason[];
  readonly hiddenReasons: number;
  readonly tips: readonly string[];
  /** Why the label is suggested; empty without one. */
  readonly reason: string;
  readonly obligations: readonly Obligation[];
  readonly recipients: RecipientsView;
  /** What is asked and answered about a forward; null where no approval is needed. */
  readonly forward: ForwardView | null;
  /** How many things are left to do; advice is not counted. */
  readonly left: number;
  /** What a press on Send would meet now. */
  readonly decision: SendDecision;
  readonly channel: PolicyChannel | null;
}

/** Stands in before the first answer. */
const NO_ANSWER = { label: "none", tips: [], send_decision: "allow" } as const;

export function paneView(state: PaneState): PaneView {
  const answer: Pick<Assessment, "label" | "tips" | "reason" | "send_decision"> = state.assessment ?? NO_ANSWER;
  const tasks = tasksOf(state, answer.send_decision);
  const suggested = answer.label === "none" ? null : labelOf(state, answer.label);
  return {
    phase: phaseOf(state, tasks.obligations.length + tasks.recipients.cards.length, tasks.left),
    trouble: state.trouble,
    updating: isUpdating(state) && state.trouble === null,
    stale: isStale(state),
    suggested,
    set: state.label === null || state.label === "none" ? null : labelOf(state, state.label),
    toSet: coversLabel(state.label, answer.label) ? null : suggested,
    ...shownReasons(state),
    tips: answer.tips ?? [],
    reason: answer.reason ?? "",
    ...tasks,
    channel: channelOf(state, suggested),
  };
}

/** What is asked of the sender, and what a send would meet now. `otherwise` is the server's word, where obligations carry none. */
function tasksOf(state: PaneState, otherwise: SendDecision): Pick<PaneView, "obligations" | "recipients" | "forward" | "left" | "decision"> {
  const isAsked = state.assessment?.obligations.some(isOfRecipients) === true;
  const checks = joined(state.checks, state.details, state.lookingUp);
  const recipients = recipientsView({ ...state, checks }, isAsked);
  const actions = { label: state.label, grounds: state.grounds, recipients };
  const obligations = state.assessment ? currentObligations(state.assessment, actions) : [];
  const waits = !isAsked && isWaiting(recipients);
  const decisions: SendDecision[] = [currentDecision(obligations, otherwise), recipients.decision, waits ? "prompt" : "allow"];
  const left = obligations.filter((obligation) => !obligation.met && !isAdvice(obligation, recipients.asks)).length;
  const forward = forwardView(state, obligations.find(({ code }) => code === "request_forward_approval"));
  return { obligations, recipients, forward, left: waits ? left + 1 : left, decision: strictest(decisions) };
}

/** Whether somebody must be thought of although no obligation says so. */
function isWaiting(recipients: RecipientsView): boolean {
  return !recipients.settled && (recipients.cards.length > 0 || recipients.asksOfRest);
}

function shownReasons(state: PaneState): Pick<PaneView, "reasons" | "hiddenReasons"> {
  const all = state.assessment?.reasons ?? [];
  const reasons = state.showAllReasons ? all : all.slice(0, FIRST_REASONS);
  return { reasons, hiddenReasons: all.length - reasons.length };
}

function phaseOf(state: PaneState, asked: number, left: number): Phase {
  if (state.assessment === null) {
    return state.trouble === null ? "checking" : "stopped";
  }
  if (left > 0) {
    return state.assessment.label === "none" ? "advice" : "suggestion";
  }
  if (asked > 0 || state.assessment.label !== "none") {
    return "done";
  }
  return isStale(state) ? "stopped" : "clear";
}

function isStale(state: PaneState): boolean {
  return isUpdating(state) && state.trouble !== null;
}

function labelOf(state: PaneState, id: LabelId): PolicyLabel {
  const known = state.policy?.labels.find((label) => label.id === id);
  return known ?? { id, name: id, name_en: id, color: "#605e5c", classification: [], channel: null, assurance: null };
}

/** The approved channel: for a booking the meeting service, for a mail the one that the label names. */
function channelOf(state: PaneState, suggested: PolicyLabel | null): PolicyChannel | null {
  const channels = state.policy?.channels ?? [];
  if (state.kind === "appointment") {
    return channels.find((channel) => channel.kind === "meeting") ?? null;
  }
  const named = channels.find((channel) => channel.id === suggested?.channel);
  return named ?? channels.find((channel) => channel.kind === "message") ?? null;
}
