import { describe, expect, it } from "vitest";
import { alertFor, unavailableAlert } from "../../../addin/src/demo/compose/sending.ts";
import { addressBook, entryNote, resolve, suggest } from "../../../addin/src/demo/compose/directory.ts";
import { CLIENTS, hasSet } from "../../../addin/src/demo/fakeOffice/profiles.ts";
import { makeOutlook } from "../outlook.ts";

interface Item {
  readonly subject: { getAsync: (...rest: unknown[]) => void };
  readonly loadCustomPropertiesAsync: (callback: (result: { value: Record<string, (...rest: unknown[]) => unknown> }) => void) => void;
}

function itemOf(outlook: ReturnType<typeof makeOutlook>): Item {
  return (outlook.Office as { context: { mailbox: { item: Item } } }).context.mailbox.item;
}

describe("FakeOffice", () => {
  it("never answers at once, and hands back the caller's context", async () => {
    let answered = false;
    const result = await new Promise<{ status: string; value: string; asyncContext: unknown }>((done) => {
      itemOf(makeOutlook()).subject.getAsync({ asyncContext: 7 }, (given: never) => {
        answered = true;
        done(given);
      });
      expect(answered).toBe(false);
    });
    expect(result).toMatchObject({ status: "succeeded", value: "Hej", asyncContext: 7 });
  });

  it("keeps custom properties only when they are saved", async () => {
    const outlook = makeOutlook();
    const { value } = await new Promise<Parameters<Parameters<Item["loadCustomPropertiesAsync"]>[0]>[0]>((done) => {
      itemOf(outlook).loadCustomPropertiesAsync(done);
    });
    value["set"]?.("a", "1");
    expect(outlook.item.customProperties).toEqual({});
    await new Promise((done) => value["saveAsync"]?.(done));
    expect(outlook.item.customProperties).toEqual({ a: "1" });
  });

  it("blocks what event handlers may not call", () => {
    const office = makeOutlook({ host: { process: "event" } }).Office as { context: { ui: { displayDialogAsync: () => void }; auth: { getAccessToken: () => void } } };
    expect(() => { office.context.ui.displayDialogAsync(); }).toThrow();
    expect(() => { office.context.auth.getAccessToken(); }).toThrow();
  });

  it("onReady never calls back in the classic event runtime", async () => {
    const office = makeOutlook({ client: "classic", host: { process: "event" } }).Office as { onReady: () => Promise<unknown> };
    const late = new Promise((done) => { setTimeout(() => { done("late"); }, 50); });
    await expect(Promise.race([office.onReady(), late])).resolves.toBe("late");
  });

  it.each([["1.16", "1.9", true], ["1.9", "1.10", false], ["1.14", "1.14", true], ["1.14", "1.15", false]])("set %s has %s: %s", (highest, asked, expected) => {
    expect(hasSet(highest, asked)).toBe(expected);
  });
});

describe("Smart Alerts", () => {
  const stopped = { options: { allowEvent: false, errorMessage: "Nej.", commandId: "c", cancelLabel: "Visa" } };

  it("an allowed item has none", () => {
    expect(alertFor({ options: { allowEvent: true } }, "block", CLIENTS.web)).toBeNull();
  });

  it.each([["soft_block", false], ["block", false], ["prompt", true]] as const)("%s lets the person send anyway: %s", (mode, expected) => {
    expect(alertFor(stopped, mode, CLIENTS.web)?.canSendAnyway).toBe(expected);
  });

  it("a handler can weaken a block to a question", () => {
    const completion = { options: { ...stopped.options, sendModeOverride: "promptUser" as const } };
    expect(alertFor(completion, "block", CLIENTS.web)?.canSendAnyway).toBe(true);
  });

  it("on Mac the own label stands on the button that does not send", () => {
    expect(alertFor(stopped, "soft_block", CLIENTS.mac)).toMatchObject({ actionLabel: null, dismissLabel: "Visa", dismissOpensPane: true });
    expect(alertFor(stopped, "soft_block", CLIENTS.web)).toMatchObject({ actionLabel: "Visa", dismissOpensPane: false });
  });

  it("an add-in that did not load stops mail in block mode only", () => {
    expect([unavailableAlert("soft_block").canSendAnyway, unavailableAlert("block").canSendAnyway]).toEqual([true, false]);
  });
});

describe("address book", () => {
  const book = [{ name: "Bo Berg", address: "bo.berg@example.se" }, { name: "Bosse Ek", address: "bosse.ek@example.se" }];

  it.each([
    ["bo.berg@example.se", "bo.berg@example.se"],
    ["Bo Berg", "bo.berg@example.se"],
    ["bosse", "bosse.ek@example.se"],
    ["bo", ""],
    ["ny@annan.example", "ny@annan.example"],
    ["inte en adress", ""],
  ])("%s resolves to %j", (typed, address) => {
    expect(resolve(book, typed).address).toBe(address);
  });

  it("leaves a name that two people have unresolved, until one of them is picked", () => {
    const twins = [{ name: "Anna Berg", address: "anna.berg@example.se" }, { name: "Anna Berg", address: "anna.berg2@example.se", title: "Rektor", department: "Skolan" }];
    expect(resolve(twins, "Anna Berg")).toEqual({ name: "Anna Berg", address: "" });
    expect(resolve(twins, "anna.berg2@example.se")).toEqual({ name: "Anna Berg", address: "anna.berg2@example.se" });
    expect(twins.map(entryNote)).toEqual(["", "Rektor, Skolan"]);
  });

  it("has each address once, the directory's word first", () => {
    const person = { id: "bo", name: "Bo Berg", address: "Bo.Berg@example.se", role: "employee", token: "t" } as const;
    const own = addressBook([person], [{ name: "Bo Berg", address: "bo.berg@example.se", title: "Rektor" }]).filter((entry) => entry.address.toLowerCase() === "bo.berg@example.se");
    expect(own).toEqual([{ name: "Bo Berg", address: "bo.berg@example.se", title: "Rektor" }]);
  });

  it("suggests by the start of any name", () => {
    expect(suggest(book, "ek").map((entry) => entry.name)).toEqual(["Bosse Ek"]);
    expect(suggest(book, " ")).toEqual([]);
  });
});
