/** The send check: reads the draft, asks the server, tells Outlook. Always answers, and answers once. */

import type { Api, SendCheckRequest } from "../api/client.ts";
import { confirmedOf } from "../assessment/recipientSet.ts";
import type { SendOutcome } from "../assessment/smartAlert.ts";
import { alertOptions } from "../assessment/smartAlert.ts";
import type { Grounds } from "../contract/assessment.ts";
import type { Draft } from "../contract/draft.ts";
import { codeOf } from "../errors.ts";
import { currentItem, isAppointment, openItem, supports, type ComposeItem } from "../office/item.ts";
import { readDraft } from "../office/draft.ts";
import { recall, recallConfirmed, recallGrounds, SESSION_KEYS } from "../office/memory.ts";
import type { Texts } from "../l10n/texts.ts";
import { withTimeout } from "../timing.ts";
import { paneCommandId } from "./commands.ts";

/** Outlook shows "this takes longer than expected" after five seconds. */
export const SEND_BUDGET_MS = 4000;

export interface SendTools {
  readonly api: Api;
  readonly texts: Texts;
}

/** Handles `OnMessageSend` and `OnAppointmentSend`. */
export async function onSend(event: Office.AddinCommands.Event, tools: SendTools): Promise<void> {
  const outcome = await judge(tools);
  event.completed(completion(outcome, tools.texts));
}

async function judge(tools: SendTools): Promise<SendOutcome> {
  try {
    return await withTimeout(check(currentItem(), tools.api), SEND_BUDGET_MS, "unreachable");
  } catch (error) {
    // The person decides when we cannot: a broken check must not stop a municipality's mail.
    return { decision: "prompt", message: tools.texts.trouble("send", codeOf(error)) };
  }
}

async function check(item: ComposeItem, api: Api): Promise<SendOutcome> {
  const [draft, verdict, grounds, confirmed] = await Promise.all([
    readDraft(item, new Map()),
    recall(item, SESSION_KEYS.verdict),
    recallGrounds(item),
    recallConfirmed(item),
  ]);
  const answer = await api.checkSend(requestOf(draft, verdict, grounds, confirmedOf(confirmed, draft.recipients)));
  return { decision: answer.send_decision, message: answer.message };
}

function requestOf(draft: Draft, verdict: string | null, grounds: Grounds, confirmed: readonly string[]): SendCheckRequest {
  const request: { -readonly [Key in keyof SendCheckRequest]: SendCheckRequest[Key] } = { draft, grounds, confirmed_recipients: confirmed };
  if (verdict !== null) {
    request.verdict = verdict;
  }
  if (draft.label !== null) {
    request.label = draft.label;
  }
  return request;
}

/** Never throws: whatever is wrong with the client, Outlook must get its answer. */
function completion(outcome: SendOutcome, texts: Texts): Office.SmartAlertsEventCompletedOptions {
  try {
    return optionsFor(outcome, texts);
  } catch {
    return { allowEvent: outcome.decision === "allow", errorMessage: texts.text("send.stopped") };
  }
}

function optionsFor(outcome: SendOutcome, texts: Texts): Office.SmartAlertsEventCompletedOptions {
  const message = outcome.message === "" ? texts.text("send.stopped") : outcome.message;
  return alertOptions({ decision: outcome.decision, message }, {
    canOverride: supports("1.14"),
    paneCommandId: paneCommandId(isAppointmentOpen()),
    cancelLabel: texts.text("send.open_pane"),
  });
}

function isAppointmentOpen(): boolean {
  const item = openItem();
  return item !== null && isAppointment(item);
}
