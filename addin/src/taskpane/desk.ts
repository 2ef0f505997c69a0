/** What the pane does with the open draft, as one port: the watcher and the actions use nothing else of Outlook. */

import type { Feedback } from "../assessment/feedback.ts";
import type { Confirmations } from "../assessment/recipientSet.ts";
import { readFeedback } from "../assessment/storedFeedback.ts";
import type { Grounds } from "../contract/assessment.ts";
import type { Draft, LabelId, Mailbox } from "../contract/draft.ts";
import type { ContentCache } from "../office/attachments.ts";
import { readDraft } from "../office/draft.ts";
import { currentItem } from "../office/item.ts";
import { writeLabel } from "../office/labels.ts";
import { recallConfirmed, recallFeedback, recallGrounds, recallRequest, remember, rememberKept, SESSION_KEYS } from "../office/memory.ts";
import type { PurviewMapping } from "../office/purview.ts";
import { changeRecipient } from "../office/recipientChange.ts";

export interface Desk {
  /** Purview labels to use from now on; empty at first. */
  purview: PurviewMapping;
  readonly read: () => Promise<Draft>;
  readonly setLabel: (label: LabelId | null) => Promise<void>;
  /** Puts `next` in the place of a recipient, or with null takes the recipient out. */
  readonly changeRecipient: (address: string, next: Mailbox | null) => Promise<void>;
  readonly recall: () => Promise<{ grounds: Grounds; confirmed: Confirmations; feedback: Feedback }>;
  /** The id of the request to forward that was made last in this draft; null without one. */
  readonly recallRequest: () => Promise<string | null>;
  /** These answer false where the client keeps nothing. */
  readonly keepVerdict: (verdict: string) => Promise<boolean>;
  readonly keepGrounds: (grounds: Grounds) => Promise<boolean>;
  readonly keepConfirmed: (confirmations: Confirmations) => Promise<boolean>;
  readonly keepFeedback: (feedback: Feedback) => Promise<boolean>;
  /** Empty: there is none any more. */
  readonly keepRequest: (id: string) => Promise<boolean>;
}

export function outlookDesk(): Desk {
  const contents: ContentCache = new Map();
  let lastKept: Promise<unknown> = Promise.resolve();
  const desk: Desk = {
    purview: {},
    read: async () => readDraft(currentItem(), contents, desk.purview),
    setLabel: async (label) => writeLabel(currentItem(), label, desk.purview),
    changeRecipient: async (address, next) => changeRecipient(currentItem(), address, next),
    recall: async () => {
      const item = currentItem();
      const [grounds, confirmed, stored] = await Promise.all([recallGrounds(item), recallConfirmed(item), recallFeedback(item)]);
      return { grounds, confirmed, feedback: readFeedback(stored) };
    },
    recallRequest: async () => recallRequest(currentItem()),
    keepVerdict: async (verdict) => remember(currentItem(), SESSION_KEYS.verdict, verdict),
    keepGrounds: async (grounds) => rememberKept(currentItem(), "grounds", JSON.stringify(grounds)),
    keepConfirmed: (confirmations) => {
      // One after the other: Outlook need not finish calls in the order they were made, and the last word must stand.
      const kept = lastKept.then(() => remember(currentItem(), SESSION_KEYS.confirmed, JSON.stringify(confirmations)));
      lastKept = kept.catch(() => false);
      return kept;
    },
    keepFeedback: async (feedback) => remember(currentItem(), SESSION_KEYS.feedback, JSON.stringify(feedback)),
    keepRequest: async (id) => rememberKept(currentItem(), "request", id),
  };
  return desk;
}
