/** The send check: reads the draft, asks the server, tells Outlook. Always answers, and answers once. */

import type { Api, SendCheckRequest } from "../api/client.ts";
import { confirmedOf } from "../assessment/recipientSet.ts";
import type { SendOutcome } from "../assessment/smartAlert.ts";
import { alertOptions } from "../assessment/smartAlert.ts";
import type { Grounds, SendCheck } from "../contract/assessment.ts";
import type { Draft } from "../contract/draft.ts";
import { codeOf } from "../errors.ts";
import { currentItem, isAppointment, openItem, supports, type ComposeItem } from "../office/item.ts";
import { readDraft } from "../office/draft.ts";
import { recall, recallConfirmed, recallGrounds, recallRequest, SESSION_KEYS } from "../office/memory.ts";
import type { EventTexts } from "../l10n/eventTexts.ts";
import { withTimeout } from "../timing.ts";
import { paneCommandId } from "./commands.ts";

/** Outlook shows "this takes longer than expected" after five seconds. */
export const SEND_BUDGET_MS = 4000;

export interface SendTools {
  readonly api: Api;
  readonly texts: EventTexts;
}

interface Judged extends SendOutcome {
  /** An approval is missing and has not been asked for: the button says so. */
  readonly asksApproval: boolean;
}

/** Handles `OnMessageSend` and `OnAppointmentSend`. */
export async function onSend(event: Office.AddinCommands.Event, tools: SendTools): Promise<void> {
  const outcome = await judge(tools);
  event.completed(completion(outcome, tools.texts));
}

async function judge(tools: SendTools): Promise<Judged> {
  try {
    return await withTimeout(check(currentItem(), tools.api), SEND_BUDGET_MS, "unreachable");
  } catch (error) {
    // The person decides when we cannot: a broken check must not stop a municipality's mail.
    return { decision: "prompt", asksApproval: false, message: tools.texts.trouble("send", codeOf(error)) };
  }
}

async function check(item: ComposeItem, api: Api): Promise<Judged> {
  const [draft, verdict, grounds, confirmed, approval] = await Promise.all([
    readDraft(item, new Map()),
    recall(item, SESSION_KEYS.verdict),
    recallGrounds(item),
    recallConfirmed(item),
    recallRequest(item),
  ]);
  const kept: Kept = { verdict, grounds, confirmed: confirmedOf(confirmed, draft.recipients), approval };
  const answer = await api.checkSend(requestOf(draft, kept));
  return { decision: answer.send_decision, message: answer.message, asksApproval: approval === null && lacksApproval(answer) };
}

/** What the sender has done about the draft. */
interface Kept {
  readonly verdict: string | null;
  readonly grounds: Grounds;
  readonly confirmed: readonly string[];
  readonly approval: string | null;
}

/** Whether an approval is what the server misses. It may say nothing of obligations, or something strange. */
function lacksApproval(answer: SendCheck): boolean {
  const obligations: unknown = answer.obligations;
  return Array.isArray(obligations) && (obligations as readonly unknown[]).some((one) => {
    const { code, met } = (one ?? {}) as { readonly code?: unknown; readonly met?: unknown };
    return code === "request_forward_approval" && met !== true;
  });
}

function requestOf(draft: Draft, { verdict, grounds, confirmed, approval }: Kept): SendCheckRequest {
  const request: { -readonly [Key in keyof SendCheckRequest]: SendCheckRequest[Key] } = { draft, grounds, confirmed_recipients: confirmed };
  if (approval !== null) {
    request.approval_id = approval;
  }
  if (verdict !== null) {
    request.verdict = verdict;
  }
  if (draft.label !== null) {
    request.label = draft.label;
  }
  return request;
}

/** Never throws: whatever is wrong with the client, Outlook must get its answer. */
function completion(outcome: Judged, texts: EventTexts): Office.SmartAlertsEventCompletedOptions {
  try {
    return optionsFor(outcome, texts);
  } catch {
    return { allowEvent: outcome.decision === "allow", errorMessage: texts.text("send.stopped") };
  }
}

function optionsFor(outcome: Judged, texts: EventTexts): Office.SmartAlertsEventCompletedOptions {
  const message = outcome.message === "" ? texts.text("send.stopped") : outcome.message;
  return alertOptions({ decision: outcome.decision, message }, {
    canOverride: supports("1.14"),
    paneCommandId: paneCommandId(isAppointmentOpen()),
    cancelLabel: texts.text(outcome.asksApproval ? "send.ask_approval" : "send.open_pane"),
  });
}

function isAppointmentOpen(): boolean {
  const item = openItem();
  return item !== null && isAppointment(item);
}
