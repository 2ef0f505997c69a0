/**
 * Remembers how a mail came about, while Outlook still knows: later several clients call every draft a new mail. Then tells, above
 * the draft, that its thread is flagged.
 */

import type { Api } from "../api/client.ts";
import type { Draft } from "../contract/draft.ts";
import type { ThreadStanding } from "../contract/forward.ts";
import type { EventTextKey, EventTexts } from "../l10n/eventTexts.ts";
import { readDraft, readReportedType } from "../office/draft.ts";
import { currentItem, isAppointment, type ComposeItem } from "../office/item.ts";
import { rememberKept } from "../office/memory.ts";
import { showNotice } from "../office/notices.ts";
import { composeSession } from "../office/session.ts";
import { withTimeout } from "../timing.ts";
import { MESSAGE_PANE_COMMAND, NOTICE_ICON } from "./commands.ts";

/** Nobody waits for this handler, but a runtime that idles for minutes may be ended in the middle of the next event. */
export const COMPOSE_BUDGET_MS = 4000;
const NOTICE_KEY = "sandkoll.thread";
/** What is shorter (a signature, say) is not looked up by its content. */
const TELLING_BODY = 400;

export interface ComposeTools {
  readonly api: Pick<Api, "checkThread">;
  readonly texts: EventTexts;
}

/**
 * Handles `OnNewMessageCompose`. The event is completed last, since Outlook may end the runtime right after it: at once when there
 * is nothing to ask, else within the budget. A failure is silent: the send check has other witnesses.
 */
export async function onNewMessageCompose(event: Office.AddinCommands.Event, tools: ComposeTools): Promise<void> {
  try {
    await withTimeout(begin(currentItem(), tools), COMPOSE_BUDGET_MS, "unreachable");
  } catch {
    // Nothing to tell anybody: the draft opens as it should.
  }
  event.completed();
}

async function begin(item: ComposeItem, tools: ComposeTools): Promise<void> {
  if (isAppointment(item)) {
    return;
  }
  await composeSession(item);
  const type = await readReportedType(item);
  if (type !== null) {
    await rememberKept(item, "composeType", type);
  }
  const draft = await readDraft(item, null);
  if (mayBelongToThread(draft)) {
    await tell(item, await tools.api.checkThread(draft), tools.texts);
  }
}

/** An empty new mail belongs to none, and asking would cost every mail a sign-in and a call. */
function mayBelongToThread(draft: Draft): boolean {
  return draft.compose_type !== "new" || draft.conversation_id !== null || draft.in_reply_to !== null
    || draft.attachments.length > 0 || draft.body.length >= TELLING_BODY;
}

async function tell(item: ComposeItem, thread: ThreadStanding, texts: EventTexts): Promise<void> {
  if (!thread.thread_flagged || thread.thread_label === "none") {
    return;
  }
  const label = texts.text(`label.${thread.thread_label}`);
  const key: EventTextKey = thread.counts ? "thread.forward" : "thread.flagged";
  await showNotice(item, {
    key: NOTICE_KEY,
    message: texts.text(key, { label }),
    icon: NOTICE_ICON,
    actionText: texts.text("thread.open_pane"),
    commandId: MESSAGE_PANE_COMMAND,
  });
}
