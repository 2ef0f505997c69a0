import type { Announced } from "../assessment/announcement.ts";
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
