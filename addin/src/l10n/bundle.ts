/** Texts by key in two languages, for the pane and for the event handlers alike. */

export type Language = "sv" | "en";
export type TextParams = Readonly<Record<string, string | number>>;
/** Where something went wrong. */
export type TroublePlace = "pane" | "action" | "feedback" | "request" | "send";
type Bundle = Readonly<Record<string, string>>;

export interface TextsOf<Key extends string> {
  readonly language: Language;
  readonly text: (key: Key, params?: TextParams) => string;
  /** What to say about an error code in the pane, at an action, an answer or a question of the user's, or at send. */
  readonly trouble: (place: TroublePlace, code: string) => string;
}

/** `displayLanguage` as Office gives it (`sv-SE`, `en-US`); anything but English is served in Swedish. */
export function textsOf<Key extends string>(bundles: Readonly<Record<Language, Bundle>>, displayLanguage: string): TextsOf<Key> {
  const language = displayLanguage.toLowerCase().startsWith("en") ? "en" : "sv";
  const bundle = bundles[language];
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
