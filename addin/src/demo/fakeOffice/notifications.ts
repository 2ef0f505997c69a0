/** The bars above the simulated item, with Office's limits: five per item, 150 characters, one button, keys of 32 characters. */

import { answer, OfficeFailure } from "./answers.ts";
import { MailboxEnums } from "./enums.ts";
import { supportsSet, type FakeHost } from "./host.ts";
import type { Notification, SimulatedItem } from "./simulatedItem.ts";

const MOST_BARS = 5;
const MOST_LETTERS = 150;
const LONGEST_KEY = 32;

interface Details {
  readonly type: string;
  readonly message: string;
  readonly icon?: string;
  readonly persistent?: boolean;
  readonly actions?: readonly { readonly actionType: string; readonly actionText: string; readonly commandId: string }[];
}

export function fakeNotifications(item: SimulatedItem, host: FakeHost): Record<string, unknown> {
  const put = (key: string, details: Details): void => {
    item.notifications.set(key, checked(key, details, item, host));
    item.emit("changed");
  };
  return {
    addAsync: (key: string, details: Details, ...rest: unknown[]) => {
      answer(rest, host.latency, () => {
        if (item.notifications.has(key)) {
          throw new OfficeFailure(9015, "DuplicateNotificationKey", "A notification with this key exists.");
        }
        put(key, details);
      });
    },
    replaceAsync: (key: string, details: Details, ...rest: unknown[]) => {
      answer(rest, host.latency, () => {
        put(key, details);
      });
    },
    removeAsync: (key: string, ...rest: unknown[]) => {
      answer(rest, host.latency, () => {
        if (!item.notifications.delete(key)) {
          throw new OfficeFailure(9016, "NotificationKeyNotFound", "There is no notification with this key.");
        }
        item.emit("changed");
      });
    },
    getAllAsync: (...rest: unknown[]) => {
      answer(rest, host.latency, () => [...item.notifications].map(([key, bar]) => ({ key, ...bar })));
    },
  };
}

function checked(key: string, details: Details, item: SimulatedItem, host: FakeHost): Notification {
  const { InsightMessage, InformationalMessage } = MailboxEnums.ItemNotificationMessageType;
  const others = [...item.notifications].filter(([known]) => known !== key).map(([, bar]) => bar);
  const isInsight = details.type === InsightMessage;
  const isPlain = details.type === InformationalMessage;
  demand(isInsight || isPlain, "type");
  demand(key !== "" && key.length <= LONGEST_KEY, "key");
  demand(details.message !== "" && details.message.length <= MOST_LETTERS, "message");
  demand(others.length < MOST_BARS, "number of notifications");
  demand(!isInsight || (supportsSet(host, "1.10") && !others.some((bar) => bar.type === InsightMessage)), "type");
  demand((details.actions ?? []).length === (isInsight ? 1 : 0), "actions");
  demand(details.persistent === undefined || isPlain, "persistent");
  demand(details.icon !== undefined, "icon");
  return { type: details.type, message: details.message, ...actionOf(details) };
}

function actionOf({ actions = [] }: Details): Pick<Notification, "actionText" | "commandId"> {
  const [action] = actions;
  return action === undefined ? { actionText: null, commandId: null } : { actionText: action.actionText, commandId: action.commandId };
}

function demand(holds: boolean, name: string): void {
  if (!holds) {
    throw new OfficeFailure(9011, "InvalidParameterError", `The ${name} is not valid.`);
  }
}
