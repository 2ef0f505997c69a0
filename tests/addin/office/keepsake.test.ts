import { describe, expect, it } from "vitest";
import { SimulatedItem } from "../../../addin/src/demo/fakeOffice/simulatedItem.ts";
import { CLIENTS } from "../../../addin/src/demo/fakeOffice/profiles.ts";
import { currentItem } from "../../../addin/src/office/item.ts";
import { KEEPSAKE_PROPERTY, readKeepsake, writeKeepsake } from "../../../addin/src/office/keepsake.ts";
import { writeLabel, readLabel } from "../../../addin/src/office/labels.ts";
import { recallComposeType, recallGrounds, recallRequest, rememberKept } from "../../../addin/src/office/memory.ts";
import { composeSession, randomWord } from "../../../addin/src/office/session.ts";
import { installOutlook, type OutlookOptions } from "../outlook.ts";

/** The same draft, closed and opened again: its custom properties are there, its session data is not. */
function reopened(item: SimulatedItem, options: OutlookOptions = {}): void {
  const again = installOutlook(options);
  again.item.customProperties = { ...item.customProperties };
}

describe("a draft that is opened again", () => {
  it("keeps its grounds, its request, its compose type and its session", async () => {
    const { item } = installOutlook();
    await rememberKept(currentItem(), "grounds", '{"personnummer":"consent"}');
    await rememberKept(currentItem(), "request", "r1");
    await rememberKept(currentItem(), "composeType", "forward");
    const session = await composeSession(currentItem());
    reopened(item);
    await expect(recallGrounds(currentItem())).resolves.toEqual({ personnummer: "consent" });
    await expect(recallRequest(currentItem())).resolves.toBe("r1");
    await expect(recallComposeType(currentItem())).resolves.toBe("forward");
    await expect(composeSession(currentItem())).resolves.toBe(session);
  });

  it("that answers another mail takes nothing over", async () => {
    const { item } = installOutlook({ content: { inReplyTo: "<one@example.se>" } });
    await rememberKept(currentItem(), "request", "r1");
    const session = await composeSession(currentItem());
    reopened(item, { content: { inReplyTo: "<two@example.se>" } });
    await expect(recallRequest(currentItem())).resolves.toBeNull();
    await expect(composeSession(currentItem())).resolves.not.toBe(session);
  });

  it("on a client that cannot tell what it answers keeps what it has", async () => {
    const { item } = installOutlook({ content: { inReplyTo: "<one@example.se>" } });
    await rememberKept(currentItem(), "request", "r1");
    reopened(item, { client: { ...CLIENTS.web, mailbox: "1.11" } });
    await expect(recallRequest(currentItem())).resolves.toBe("r1");
  });
});

describe("the keepsake", () => {
  it("takes one away and leaves the rest", async () => {
    installOutlook();
    await writeKeepsake(currentItem(), "request", "r1");
    await writeKeepsake(currentItem(), "grounds", "{}");
    await writeKeepsake(currentItem(), "request", null);
    await expect(readKeepsake(currentItem())).resolves.toEqual({ grounds: "{}" });
  });

  it("is not undone by another write at the same time", async () => {
    installOutlook();
    const item = currentItem();
    await Promise.all([writeKeepsake(item, "request", "r1"), writeLabel(item, "kanslig"), writeKeepsake(item, "grounds", "{}"), composeSession(item)]);
    expect(Object.keys(await readKeepsake(item)).sort()).toEqual(["grounds", "request", "session"]);
    await expect(readLabel(item)).resolves.toBe("kanslig");
  });

  it("rejects what there is no room for, and keeps the rest", async () => {
    const { item } = installOutlook();
    await writeKeepsake(currentItem(), "request", "r1");
    await expect(writeKeepsake(currentItem(), "grounds", "x".repeat(2500))).rejects.toMatchObject({ code: "not_kept" });
    await expect(readKeepsake(currentItem())).resolves.toEqual({ request: "r1" });
    expect(item.customProperties[KEEPSAKE_PROPERTY]?.length).toBeLessThan(2000);
  });

  it.each(["no json", "null", "[]", '{"request":"r1"}', '{"of":"","request":7}'])("reads nothing from %s", async (stored) => {
    const { item } = installOutlook();
    item.customProperties = { [KEEPSAKE_PROPERTY]: stored };
    await expect(readKeepsake(currentItem())).resolves.toEqual({});
  });

  it.each(["../policy", "<script>", "a b"])("a stored request %s is none", async (stored) => {
    const { item } = installOutlook();
    item.sessionData.set("sandkoll.forward_request", stored);
    await expect(recallRequest(currentItem())).resolves.toBeNull();
  });
});

describe("the session", () => {
  it("is the same for the pane and the handler, also when both are first", async () => {
    const { item } = installOutlook();
    await Promise.all([composeSession(currentItem()), composeSession(currentItem())]);
    const stands = item.sessionData.get("sandkoll.session");
    await expect(composeSession(currentItem())).resolves.toBe(stands);
  });

  it("without session data lies with the draft alone", async () => {
    installOutlook({ client: { ...CLIENTS.web, mailbox: "1.10" } });
    const first = await composeSession(currentItem());
    expect(first).not.toBeNull();
    await expect(composeSession(currentItem())).resolves.toBe(first);
  });

  it("is none where nothing is kept", async () => {
    const { item } = installOutlook({ client: { ...CLIENTS.web, mailbox: "1.10" } });
    Object.defineProperty(item, "customProperties", { get: () => ({}), set: () => undefined });
    await expect(composeSession(currentItem())).resolves.toBeNull();
  });

  it("is 128 bits", () => {
    const words = Array.from({ length: 50 }, randomWord);
    expect(new Set(words).size).toBe(50);
    expect(words.every((word) => /^[0-9a-f]{32}$/.test(word))).toBe(true);
  });
});
