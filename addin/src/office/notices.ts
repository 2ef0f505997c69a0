/** The bar above a draft (`notificationMessages`), with a button into the pane where the client has one. */

import { shorten } from "../assessment/smartAlert.ts";
import { call } from "./calls.ts";
import { supports, type ComposeItem } from "./item.ts";

/** Outlook's own limits, characters. */
const MAX_MESSAGE = 150;
const MAX_ACTION = 30;

export interface NoticeBar {
  /** At most 32 characters; a bar with the same key takes its place. */
  readonly key: string;
  readonly message: string;
  readonly icon: string;
  readonly actionText: string;
  /** The button of the manifest that opens the pane. */
  readonly commandId: string;
}

/** Shows the bar. False where the client has no bars; rejects when Outlook refuses it. */
export async function showNotice(item: ComposeItem, bar: NoticeBar): Promise<boolean> {
  if (!supports("1.3")) {
    return false;
  }
  if (supports("1.10")) {
    // Some clients that have the set still refuse the button: then the words alone.
    const shown = await put(item, bar.key, withButton(bar)).then(() => true, () => false);
    if (shown) {
      return true;
    }
  }
  await put(item, bar.key, plain(bar));
  return true;
}

function withButton(bar: NoticeBar): Office.NotificationMessageDetails {
  return {
    type: Office.MailboxEnums.ItemNotificationMessageType.InsightMessage,
    message: shorten(bar.message, MAX_MESSAGE),
    icon: bar.icon,
    // A string: older Outlooks take nothing else.
    actions: [{
      actionType: Office.MailboxEnums.ActionType.ShowTaskPane, actionText: shorten(bar.actionText, MAX_ACTION), commandId: bar.commandId, contextData: "",
    }],
  };
}

function plain(bar: NoticeBar): Office.NotificationMessageDetails {
  return {
    type: Office.MailboxEnums.ItemNotificationMessageType.InformationalMessage,
    message: shorten(bar.message, MAX_MESSAGE),
    icon: bar.icon,
    persistent: true,
  };
}

function put(item: ComposeItem, key: string, details: Office.NotificationMessageDetails): Promise<void> {
  return call<void>("notificationMessages.replaceAsync", (done) => {
    item.notificationMessages.replaceAsync(key, details, done);
  });
}
