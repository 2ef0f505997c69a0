import type { Announced } from "../assessment/announcement.ts";
import type { Notice } from "../assessment/feedback.ts";
import type { PaneView } from "../assessment/view.ts";
import type { Texts } from "../l10n/texts.ts";
import { labelName, leftText } from "./wording.ts";

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
    case "failed":
      return texts.trouble("feedback", notice.trouble ?? "");
  }
}
