/** What Outlook does when Send is pressed: runs the event handler, then lets the item go or shows a Smart Alert. */

import type { ClientProfile } from "../fakeOffice/profiles.ts";
import type { Completion } from "../fakeOffice/office.ts";
import type { SendMode, SmartAlert } from "./state.ts";
import { say } from "./texts.ts";

/** When Outlook says that the add-in takes long. Milliseconds. */
export const SLOW_AFTER_MS = 5000;

/** Null: the item may go. The rules are Outlook's own (Smart Alerts, send mode options). */
export function alertFor(completion: Completion, mode: SendMode, client: ClientProfile): SmartAlert | null {
  const { options } = completion;
  if (options.allowEvent === true) {
    return null;
  }
  const effective: SendMode = options.sendModeOverride === "promptUser" ? "prompt" : mode;
  const opensPane = options.commandId !== undefined;
  const label = options.cancelLabel;
  return {
    message: options.errorMessage ?? say("alert.default"),
    canSendAnyway: effective === "prompt",
    actionLabel: opensPane && client.hasActionButton ? label ?? say("alert.take_action") : null,
    dismissLabel: client.hasActionButton ? say("alert.dont_send") : label ?? say("alert.dont_send"),
    dismissOpensPane: opensPane && !client.hasActionButton,
  };
}

/** The handler has run for five seconds and is still at it. */
export function slowAlert(mode: SendMode): SmartAlert {
  return plainAlert(say("alert.slow"), mode === "prompt", say("alert.dont_send"));
}

/** The add-in did not load or failed: only "block" keeps the item then. */
export function unavailableAlert(mode: SendMode): SmartAlert {
  return plainAlert(say("alert.unavailable"), mode !== "block", say("alert.try_later"));
}

function plainAlert(message: string, canSendAnyway: boolean, dismissLabel: string): SmartAlert {
  return { message, canSendAnyway, actionLabel: null, dismissLabel, dismissOpensPane: false };
}
