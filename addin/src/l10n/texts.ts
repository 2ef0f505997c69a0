/** What people read, by key. Swedish unless Outlook itself is in English. */

import en from "./en.json";
import sv from "./sv.json";

export type TextKey = keyof typeof sv;
export type TextParams = Readonly<Record<string, string | number>>;

export interface Texts {
  readonly language: "sv" | "en";
  readonly text: (key: TextKey, params?: TextParams) => string;
  /** What to say about an error code in the pane, at an action or an answer of the user's, or at send. */
  readonly trouble: (place: "pane" | "action" | "feedback" | "send", code: string) => string;
}

const BUNDLES: Readonly<Record<Texts["language"], Readonly<Record<string, string>>>> = { sv, en };

/** `displayLanguage` as Office gives it (`sv-SE`, `en-US`); anything but English is served in Swedish. */
export function createTexts(displayLanguage: string): Texts {
  const language = displayLanguage.toLowerCase().startsWith("en") ? "en" : "sv";
  const bundle = BUNDLES[language];
  const text = (key: string, params: TextParams = {}): string => fill(bundle[key] ?? "", params);
  return {
    language,
    text,
    trouble: (place, code) => {
      const known = text(`trouble.${place}.${code}`);
      const office = place === "pane" && code.startsWith("office_") ? text("trouble.pane.office") : "";
      return known || office || text(`trouble.${place}.other`);
    },
  };
}

/** Replaces each `{name}` that `params` has. Plain splitting: values are never read as patterns. */
function fill(template: string, params: TextParams): string {
  return Object.keys(params).reduce((filled, name) => filled.split(`{${name}}`).join(String(params[name])), template);
}
