/** Remembers how a mail came about, while Outlook still knows: later several clients call every draft a new mail. */

import { readReportedType } from "../office/draft.ts";
import { currentItem, isAppointment } from "../office/item.ts";
import { remember, SESSION_KEYS } from "../office/memory.ts";

/** Handles `OnNewMessageCompose`. A failure is silent: the send check has other witnesses. */
export async function onNewMessageCompose(event: Office.AddinCommands.Event): Promise<void> {
  try {
    const item = currentItem();
    const type = isAppointment(item) ? null : await readReportedType(item);
    if (type !== null) {
      await remember(item, SESSION_KEYS.composeType, type);
    }
  } catch {
    // Nothing to tell anybody: the draft opens as it should.
  }
  event.completed();
}
