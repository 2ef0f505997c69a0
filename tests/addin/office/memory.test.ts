import { describe, expect, it } from "vitest";
import { currentItem } from "../../../addin/src/office/item.ts";
import { recall, recallConfirmed, recallGrounds, remember, SESSION_KEYS } from "../../../addin/src/office/memory.ts";
import { CLIENTS } from "../../../addin/src/demo/fakeOffice/profiles.ts";
import { NO_CONFIRMATIONS } from "../../../addin/src/assessment/recipientSet.ts";
import { installOutlook } from "../outlook.ts";

describe("session data", () => {
  it("keeps what is remembered", async () => {
    installOutlook();
    await expect(remember(currentItem(), SESSION_KEYS.verdict, "v1")).resolves.toBe(true);
    await expect(recall(currentItem(), SESSION_KEYS.verdict)).resolves.toBe("v1");
  });

  it("is null for a key that was never set", async () => {
    installOutlook();
    await expect(recall(currentItem(), SESSION_KEYS.verdict)).resolves.toBeNull();
  });

  it("answers false when the client's limit is reached", async () => {
    installOutlook({ client: "classic" });
    await expect(remember(currentItem(), SESSION_KEYS.verdict, "x".repeat(60_000))).resolves.toBe(false);
  });

  it("answers false and null before set 1.11", async () => {
    installOutlook({ client: { ...CLIENTS.web, mailbox: "1.10" } });
    await expect(remember(currentItem(), SESSION_KEYS.verdict, "v1")).resolves.toBe(false);
    await expect(recall(currentItem(), SESSION_KEYS.verdict)).resolves.toBeNull();
  });
});

describe("grounds and confirmations", () => {
  it.each([
    ['{"personnummer":"consent","sensitive":7,"other":"x"}', { personnummer: "consent" }],
    ["not json", {}],
    ["null", {}],
    ["[]", {}],
  ])("reads %s as %j", async (stored, expected) => {
    const { item } = installOutlook();
    item.sessionData.set(SESSION_KEYS.grounds, stored);
    await expect(recallGrounds(currentItem())).resolves.toEqual(expected);
  });

  it.each([
    ['{"set":"s1","addresses":["a@example.se",3]}', { set: "s1", addresses: ["a@example.se"] }],
    ['{"addresses":["a@example.se"]}', NO_CONFIRMATIONS],
    ['["a@example.se"]', NO_CONFIRMATIONS],
    ["{}", NO_CONFIRMATIONS],
    ["{", NO_CONFIRMATIONS],
  ])("reads %s as %j", async (stored, expected) => {
    const { item } = installOutlook();
    item.sessionData.set(SESSION_KEYS.confirmed, stored);
    await expect(recallConfirmed(currentItem())).resolves.toEqual(expected);
  });
});
