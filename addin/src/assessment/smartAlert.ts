/** From the server's answer to what Outlook is told at send (Smart Alerts). */

import type { SendDecision } from "../contract/assessment.ts";

/** Outlook's own limit. */
export const MAX_MESSAGE = 500;
const MAX_CANCEL_LABEL = 20;
/** The value of `Office.MailboxEnums.SendModeOverride.PromptUser`. */
const PROMPT_USER = "promptUser";

export interface SendOutcome {
  readonly decision: SendDecision;
  readonly message: string;
}

export interface AlertTools {
  /** Mailbox 1.14: own button text, a button that opens the pane, and weakening a block to a question. */
  readonly canOverride: boolean;
  readonly paneCommandId: string;
  readonly cancelLabel: string;
}

/**
 * Options for `event.completed`. Without 1.14 a question cannot be told from a block, and the manifest's send mode applies:
 * then the stricter reading stands.
 */
export function alertOptions(outcome: SendOutcome, tools: AlertTools): Office.SmartAlertsEventCompletedOptions {
  if (outcome.decision === "allow") {
    return { allowEvent: true };
  }
  const options: Office.SmartAlertsEventCompletedOptions = {
    allowEvent: false,
    errorMessage: shorten(outcome.message, MAX_MESSAGE),
  };
  if (tools.canOverride) {
    options.commandId = tools.paneCommandId;
    options.cancelLabel = tools.cancelLabel.slice(0, MAX_CANCEL_LABEL);
    if (outcome.decision === "prompt") {
      options.sendModeOverride = PROMPT_USER;
    }
  }
  return options;
}

/** At most `limit` UTF-16 units, cut between words and never inside a surrogate pair. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) {
    return text;
  }
  const head = text.slice(0, limit - 1);
  const space = head.lastIndexOf(" ");
  const cut = space > limit / 2 ? head.slice(0, space) : head;
  const last = cut.charCodeAt(cut.length - 1);
  const whole = last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut;
  return `${whole}…`;
}
