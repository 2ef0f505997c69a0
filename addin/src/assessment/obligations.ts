/** What is expected of the sender, joined with what the sender has already done in the pane. */

import type { Assessment, Grounds, Obligation, ObligationCode, SendDecision } from "../contract/assessment.ts";
import { LABEL_ORDER, type LabelId } from "../contract/draft.ts";
import type { ToConfirm } from "../contract/recipients.ts";
import { isStated } from "./grounds.ts";
import type { RecipientsView } from "./recipientsView.ts";
import { strictest } from "./strictness.ts";

export interface SenderActions {
  readonly label: LabelId | null;
  readonly grounds: Grounds;
  readonly recipients: Pick<RecipientsView, "asks" | "settled" | "misaddressed">;
}

/** First what changes the whole message, then what is answered in the pane, then advice. */
const ORDER: readonly ObligationCode[] = [
  "use_secure_channel",
  "use_secure_meeting",
  "request_forward_approval",
  "set_label",
  "verify_recipients",
  "state_ground",
  "state_photo_basis",
  "move_to_work_mail",
  "neutral_subject",
  "remove_hidden_data",
  "share_in_folder",
  "meeting_checklist",
];

/** The obligations in the order in which they are shown, with `met` as it is after the sender's own actions. */
export function currentObligations(assessment: Assessment, actions: SenderActions): Obligation[] {
  const rank = (obligation: Obligation): number => {
    // A wrong address is wrong in every channel: it is mended before anything else.
    const first = actions.recipients.misaddressed && isOfRecipients(obligation);
    const index = first ? -1 : ORDER.indexOf(obligation.code);
    return index < 0 && !first ? ORDER.length : index;
  };
  return assessment.obligations
    .map((obligation) => ({ ...obligation, met: isMet(obligation, assessment, actions) }))
    .sort((one, other) => rank(one) - rank(other));
}

const SETTLED_IN_PANE: readonly ObligationCode[] = [
  "request_forward_approval", "set_label", "verify_recipients", "state_ground", "state_photo_basis",
];

/** Whether confirming recipients is what settles it. A private address of a labelled draft is not confirmed away. */
export function isOfRecipients(obligation: Obligation): boolean {
  return obligation.code === "verify_recipients" || (obligation.code === "move_to_work_mail" && obligation.decision === "prompt");
}

/** Something to weigh, not to tick off: the send asks about it at most, and nothing in the pane settles it. */
export function isAdvice(obligation: Obligation, asksOfRecipients: ToConfirm = "each"): boolean {
  const isSettledHere = isOfRecipients(obligation) ? asksOfRecipients !== "none" : SETTLED_IN_PANE.includes(obligation.code);
  return obligation.decision !== "block" && !isSettledHere && obligation.decision !== undefined;
}

/** What a send would meet now: the strictest of what is unmet. `otherwise` is the server's word, where obligations carry none. */
export function currentDecision(obligations: readonly Obligation[], otherwise: SendDecision): SendDecision {
  const unmet = obligations.filter((obligation) => !obligation.met);
  const decisions = unmet.map((obligation) => obligation.decision ?? otherwise);
  return strictest(decisions);
}

function isMet(obligation: Obligation, assessment: Assessment, actions: SenderActions): boolean {
  if (isOfRecipients(obligation)) {
    // Nobody to confirm: then it is about the recipients together, and the server's word stands.
    return actions.recipients.asks === "none" ? obligation.met : actions.recipients.settled;
  }
  switch (obligation.code) {
    case "set_label":
      return coversLabel(actions.label, assessment.label);
    case "state_ground":
    case "state_photo_basis":
      return isStated(obligation, assessment.categories, actions.grounds);
    default:
      return obligation.met;
  }
}

/** Whether the label on the draft is at least as strict as the suggested one. */
export function coversLabel(set: LabelId | null, suggested: LabelId): boolean {
  return LABEL_ORDER.indexOf(set ?? "none") >= LABEL_ORDER.indexOf(suggested);
}
