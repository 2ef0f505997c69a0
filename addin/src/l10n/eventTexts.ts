/** What Outlook shows for the event handlers. Apart from the pane's texts: classic Outlook reads the whole file anew for each event. */

import { textsOf, type TextsOf } from "./bundle.ts";
import en from "./events.en.json";
import sv from "./events.sv.json";

export type EventTextKey = keyof typeof sv;
export type EventTexts = TextsOf<EventTextKey>;

export function createEventTexts(displayLanguage: string): EventTexts {
  return textsOf<EventTextKey>({ sv, en }, displayLanguage);
}
