import { announce, type Announced } from "../assessment/announcement.ts";
import type { Notice } from "../assessment/feedback.ts";
import { waitingKeys } from "../assessment/recipientsView.ts";
import type { PaneState } from "../assessment/state.ts";
import type { PaneView } from "../assessment/view.ts";
import type { Texts } from "../l10n/texts.ts";
import { waitingText } from "./recipientWording.ts";
import { labelName, leftText } from "./wording.ts";

/** Told of each state that is drawn; answers what a screen reader should say of it, null when nothing is worth interrupting for. */
export function createAnnouncer(texts: Texts): (state: PaneState, view: PaneView) => string | null {
  let announced: Announced | null = null;
  let cards: readonly string[] = [];
  let noticed = 0;
  return (state, view) => {
    const words: string[] = [];
    const next = announce(announced, view);
    const isChange = next !== announced;
    announced = next;
    if (isChange) {
      words.push(announcementText(next, view, texts));
    }
    const waiting = waitingKeys(view.recipients);
    if (waiting.some((key) => !cards.includes(key))) {
      words.push(waitingText(waiting.length, texts));
    }
    cards = view.recipients.cards.map((one) => one.key);
    if (state.notice !== null && state.notice.serial !== noticed) {
      noticed = state.notice.serial;
      words.push(noticeText(state.notice, texts));
    }
    return isChange || words.length > 0 ? words.filter((word) => word !== "").join(" ") : null;
  };
}

/** The sentence for the live region; empty when nothing is to be said. */
export function announcementText(announced: Announced, view: PaneView, texts: Texts): string {
  if (announced.text === null) {
    return "";
  }
  return texts.text(announced.text, {
    label: view.suggested === null ? "" : labelName(view.suggested, texts),
    left: leftText(view, texts),
    trouble: view.trouble === null ? "" : texts.trouble("pane", view.trouble),
  });
}

/** What became of an answer, for the live region. */
export function noticeText(notice: Notice, texts: Texts): string {
  switch (notice.kind) {
    case "sent":
      return texts.text("feedback.thanks");
    case "undone":
      return texts.text("feedback.undone");
    case "swapped":
      return texts.text("recipients.swapped", { name: notice.name ?? "" });
    case "removed":
      return texts.text("recipients.removed", { name: notice.name ?? "" });
    case "failed":
      return texts.trouble("feedback", notice.trouble ?? "");
    case "request_failed":
      return texts.trouble("request", notice.trouble ?? "");
    default:
      return texts.text(`forward.news.${notice.kind}`);
  }
}
