/** A FakeOffice in the test's own process, and its item. */

import { afterEach } from "vitest";
import { createFakeOffice, type FakeOffice } from "../../addin/src/demo/fakeOffice/office.ts";
import type { FakeHost } from "../../addin/src/demo/fakeOffice/host.ts";
import { CLIENTS, type ClientId, type ClientProfile } from "../../addin/src/demo/fakeOffice/profiles.ts";
import { emptyRecipients, SimulatedItem, type ItemContent } from "../../addin/src/demo/fakeOffice/simulatedItem.ts";

const START = new Date("2026-12-01T10:00:00Z");
const END = new Date("2026-12-01T11:00:00Z");

export function itemContent(fields: Partial<ItemContent> = {}): ItemContent {
  return {
    kind: "message",
    composeType: "new",
    subject: "Hej",
    bodyHtml: "<p>Hej!</p>",
    recipients: emptyRecipients(),
    attachments: [],
    from: { address: "anna.alm@example.se", name: "Anna Alm" },
    conversationId: null,
    inReplyTo: null,
    location: "",
    start: START,
    end: END,
    ...fields,
  };
}

export interface OutlookOptions {
  readonly client?: ClientId | ClientProfile;
  readonly host?: Partial<FakeHost>;
  readonly content?: Partial<ItemContent>;
}

export interface TestOutlook extends FakeOffice {
  readonly item: SimulatedItem;
}

/** Makes a FakeOffice without installing it. */
export function makeOutlook(options: OutlookOptions = {}): TestOutlook {
  const item = new SimulatedItem(itemContent(options.content));
  const client = typeof options.client === "object" ? options.client : CLIENTS[options.client ?? "web"];
  const fake = createFakeOffice({
    client,
    process: "pane",
    item,
    user: item.content.from,
    latency: () => 1,
    permission: "ReadWriteItem",
    displayLanguage: "sv-SE",
    token: () => Promise.resolve("token-1"),
    openBrowserWindow: () => undefined,
    purviewLabels: null,
    ...options.host,
  });
  return { ...fake, item };
}

/** Makes it and puts it where Office.js puts itself; gone after the test. */
export function installOutlook(options: OutlookOptions = {}): TestOutlook {
  const outlook = makeOutlook(options);
  Object.assign(globalThis, { Office: outlook.Office, OfficeRuntime: outlook.OfficeRuntime });
  return outlook;
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, "Office");
  Reflect.deleteProperty(globalThis, "OfficeRuntime");
});
