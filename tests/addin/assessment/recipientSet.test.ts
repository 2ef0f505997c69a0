import { describe, expect, it } from "vitest";
import { confirmedOf, NO_CONFIRMATIONS, readConfirmations, recipientSet, withConfirmed } from "../../../addin/src/assessment/recipientSet.ts";
import type { Recipient } from "../../../addin/src/contract/draft.ts";
import { recipient } from "../factories.ts";

const BO = recipient("bo@example.se");
const EVA = recipient("eva@example.se");

const SETS: readonly [string, readonly Recipient[], readonly Recipient[], boolean][] = [
  ["the same", [BO, EVA], [BO, EVA], true],
  ["another order", [BO, EVA], [EVA, BO], true],
  ["another role", [BO], [recipient("bo@example.se", { role: "bcc" })], true],
  ["another spelling", [BO], [recipient(" Bo@Example.SE ")], true],
  ["another display name", [BO], [recipient("bo@example.se", { name: "Eva Ek" })], true],
  ["the same one twice", [BO], [BO, recipient("bo@example.se", { role: "cc" })], true],
  ["one more", [BO], [BO, EVA], false],
  ["one less", [BO, EVA], [BO], false],
  ["somebody else", [BO], [EVA], false],
  ["one letter off", [BO], [recipient("bo@exampie.se")], false],
  ["two addresses run together", [BO, EVA], [recipient("bo@example.seeva@example.se")], false],
];

describe("recipientSet", () => {
  it.each(SETS)("%s", (_name, before, after, same) => {
    expect(recipientSet(before) === recipientSet(after)).toBe(same);
  });
});

describe("confirmations", () => {
  const both = [BO, EVA];
  const oneOfTwo = withConfirmed(NO_CONFIRMATIONS, both, ["Bo@example.se"], true);

  it("count for the set that was confirmed", () => {
    expect(confirmedOf(oneOfTwo, both)).toEqual(["bo@example.se"]);
    expect(confirmedOf(oneOfTwo, [BO])).toEqual([]);
    expect(confirmedOf(oneOfTwo, [])).toEqual([]);
  });

  it("are added and taken back one by one", () => {
    const all = withConfirmed(oneOfTwo, both, ["eva@example.se"], true);
    expect(confirmedOf(all, both)).toEqual(["bo@example.se", "eva@example.se"]);
    expect(confirmedOf(withConfirmed(all, both, ["bo@example.se"], true), both)).toEqual(["eva@example.se", "bo@example.se"]);
    expect(confirmedOf(withConfirmed(all, both, ["bo@example.se"], false), both)).toEqual(["eva@example.se"]);
  });

  it("of other recipients do not come along", () => {
    expect(withConfirmed(oneOfTwo, [EVA], ["eva@example.se"], true)).toEqual({ set: recipientSet([EVA]), addresses: ["eva@example.se"] });
  });

  it.each([null, 7, [], ["bo@example.se"], {}, { set: 1, addresses: [] }, { set: "s", addresses: "bo@example.se" }])("%j is none", (stored) => {
    expect(readConfirmations(stored)).toEqual(NO_CONFIRMATIONS);
  });
});
