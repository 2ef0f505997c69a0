/** The item's custom properties: they follow a saved draft between clients and are never sent to recipients. */

import { call } from "./calls.ts";
import type { ComposeItem } from "./item.ts";

function load(item: ComposeItem): Promise<Office.CustomProperties> {
  return call<Office.CustomProperties>("loadCustomPropertiesAsync", (done) => {
    item.loadCustomPropertiesAsync(done);
  });
}

export async function readProperty(item: ComposeItem, name: string): Promise<string | null> {
  const value: unknown = (await load(item)).get(name);
  return typeof value === "string" ? value : null;
}

/** Sets (or with null removes) one property and saves it. */
export async function writeProperty(item: ComposeItem, name: string, value: string | null): Promise<void> {
  const properties = await load(item);
  if (value === null) {
    properties.remove(name);
  } else {
    properties.set(name, value);
  }
  await call<void>("customProperties.saveAsync", (done) => {
    properties.saveAsync(done);
  });
}
