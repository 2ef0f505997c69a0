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

/** Writes go one after the other: each saves all properties of the item as it loaded them, and would undo another's. */
let lastWrite: Promise<unknown> = Promise.resolve();

/** Sets (or with null removes) one property and saves it. */
export function writeProperty(item: ComposeItem, name: string, value: string | null): Promise<void> {
  return changeProperty(item, name, () => value);
}

/** The same where the new value depends on the one that stands there. */
export function changeProperty(item: ComposeItem, name: string, next: (stands: string | null) => string | null): Promise<void> {
  const written = lastWrite.then(() => write(item, name, next));
  lastWrite = written.catch(() => undefined);
  return written;
}

async function write(item: ComposeItem, name: string, next: (stands: string | null) => string | null): Promise<void> {
  const properties = await load(item);
  const stands: unknown = properties.get(name);
  const value = next(typeof stands === "string" ? stands : null);
  if (value === null) {
    properties.remove(name);
  } else {
    properties.set(name, value);
  }
  await call<void>("customProperties.saveAsync", (done) => {
    properties.saveAsync(done);
  });
}
