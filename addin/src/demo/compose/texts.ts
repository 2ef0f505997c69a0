/** The demo page's own words: Swedish only. */

import texts from "../samples/texts.json";

export type DemoKey = keyof typeof texts;

export function say(key: DemoKey, params: Readonly<Record<string, string>> = {}): string {
  const template: string = texts[key];
  return Object.entries(params).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), template);
}

/** For keys that are put together; empty when there is no such text. */
export function sayIfKnown(key: string): string {
  return (texts as Readonly<Record<string, string>>)[key] ?? "";
}
