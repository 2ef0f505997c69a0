import { describe, expect, it } from "vitest";
import { readRecipientChecks } from "../../../addin/src/assessment/recipientAnswer.ts";
import type { RecipientCheck } from "../../../addin/src/contract/recipients.ts";
import { concern, directoryPerson, recipientCheck, recipientChecks } from "../factories.ts";

const FULL = recipientChecks(
  [recipientCheck("bo.berg@example.se", {
    verdict: "group", decision: "prompt", needs_thought: true, person: directoryPerson({ kind: "group", guest: true }),
    members: { count: 42, external: 1, at_least: false, external_names: ["Eva Ek"] },
    mail_tips: { automatic_reply: true, mailbox_full: false, moderated: true },
    concerns: [concern("large_group")], meant: [{ address: "bo@example.se", name: "Bo", title: "", department: "IT" }],
    advice: "Se efter.", advice_en: "Look.", organisation: "Exempel",
  })],
  { concerns: [concern("greeting_differs", { decision: "allow" })], to_confirm: "questioned" },
);

it("keeps all that the contract names", () => {
  expect(readRecipientChecks(JSON.parse(JSON.stringify(FULL)))).toEqual(FULL);
});

it.each([undefined, null, "each", [], {}, { each: null }])("%j is no answer", (answer) => {
  expect(readRecipientChecks(answer)).toBeNull();
});

const STRANGE: readonly [string, Record<string, unknown>, Partial<RecipientCheck>][] = [
  ["nothing at all", {}, { verdict: "unverifiable", decision: "prompt", needs_thought: true }],
  ["a verdict that is new to us", { verdict: "excellent", decision: "allow" }, { verdict: "unverifiable", needs_thought: true }],
  ["a decision that is new to us", { verdict: "verified", decision: "maybe" }, { verdict: "verified", decision: "prompt" }],
  ["a verified one without a word on thought", { verdict: "verified" }, { needs_thought: false }],
  ["another without a word on thought", { verdict: "external" }, { needs_thought: true }],
  ["fields of other kinds", { verdict: "group", members: "many", meant: [7], concerns: "x", person: [] }, { members: null, meant: [], concerns: [], person: null }],
  ["counts that are none", { members: { count: -1, external: "1" } }, { members: { count: null, external: null, at_least: false, external_names: [] } }],
  ["a kind that is new to us", { person: { kind: "robot", name: 7 } }, { person: directoryPerson({ address: "", name: "" }) }],
];

describe("what is missing or strange counts as not checked", () => {
  it.each(STRANGE)("%s", (_name, fields, expected) => {
    expect(readRecipientChecks({ each: [{ address: "bo@example.se", ...fields }] })?.each[0]).toMatchObject({ address: "bo@example.se", ...expected });
  });

  it("whom to confirm, when not said, is everybody", () => {
    expect(readRecipientChecks({ each: [] })?.to_confirm).toBe("each");
  });
});
