/** What people read in the pane, by key. Swedish unless Outlook itself is in English. */

import { textsOf, type TextsOf } from "./bundle.ts";
import en from "./en.json";
import sv from "./sv.json";

export type TextKey = keyof typeof sv;
export type Texts = TextsOf<TextKey>;

export function createTexts(displayLanguage: string): Texts {
  return textsOf<TextKey>({ sv, en }, displayLanguage);
}
