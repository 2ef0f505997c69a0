import { describe, expect, it } from "vitest";
import { groundsFor } from "../../../addin/src/assessment/grounds.ts";
import { coversLabel, currentDecision, currentObligations, isAdvice, type SenderActions } from "../../../addin/src/assessment/obligations.ts";
import type { Obligation } from "../../../addin/src/contract/assessment.ts";
import { assessment, obligation } from "../factories.ts";

const NOTHING_DONE: SenderActions = { label: null, grounds: {}, recipients: { asks: "each", settled: false, misaddressed: false } };

const CASES: readonly [string, Obligation, Partial<SenderActions>, boolean][] = [
  ["label not set", obligation("set_label"), {}, false],
  ["label set", obligation("set_label"), { label: "kanslig" }, true],
  ["a stricter label will do", obligation("set_label"), { label: "mycket_kanslig" }, true],
  ["label taken off again", obligation("set_label", { met: true }), { label: null }, false],
  ["recipients not confirmed", obligation("verify_recipients", { met: true }), {}, false],
  ["recipients confirmed", obligation("verify_recipients"), { recipients: { asks: "each", settled: true, misaddressed: false } }, true],
  ["nothing to confirm: the server's word", obligation("verify_recipients", { met: true }), { recipients: { asks: "none", settled: false, misaddressed: false } }, true],
  ["named ground not stated", obligation("state_ground", { ground: "sensitive" }), { grounds: { personnummer: "consent" } }, false],
  ["named ground stated", obligation("state_ground", { ground: "sensitive" }), { grounds: { sensitive: "health_social_care" } }, true],
  ["photo basis stated", obligation("state_photo_basis"), { grounds: { photo: "agreement" } }, true],
  ["others are the server's to judge", obligation("use_secure_meeting", { met: true }), {}, true],
];

describe("currentObligations", () => {
  it.each(CASES)("%s", (_name, asked, actions, expected) => {
    const judged = currentObligations(assessment({ label: "kanslig", categories: ["health"], obligations: [asked] }), { ...NOTHING_DONE, ...actions });
    expect(judged.map((one) => one.met)).toEqual([expected]);
  });

  it("puts what changes the whole message first and the checklist last", () => {
    const codes: Obligation["code"][] = ["meeting_checklist", "state_ground", "set_label", "use_secure_channel"];
    const judged = currentObligations(assessment({ obligations: codes.map((code) => obligation(code)) }), NOTHING_DONE);
    expect(judged.map((one) => one.code)).toEqual(["use_secure_channel", "set_label", "state_ground", "meeting_checklist"]);
  });

  it("puts a wrong recipient before everything: it is wrong in every channel", () => {
    const codes: Obligation["code"][] = ["use_secure_channel", "set_label", "verify_recipients"];
    const recipients = { asks: "each", settled: false, misaddressed: true } as const;
    const judged = currentObligations(assessment({ obligations: codes.map((code) => obligation(code)) }), { ...NOTHING_DONE, recipients });
    expect(judged.map((one) => one.code)).toEqual(["verify_recipients", "use_secure_channel", "set_label"]);
  });

  it("settles a private address by its confirmation, unless the draft is labelled", () => {
    const recipients = { asks: "questioned", settled: true, misaddressed: false } as const;
    const asked = (decision: "prompt" | "block"): Obligation => obligation("move_to_work_mail", { decision });
    const met = (one: Obligation): boolean | undefined =>
      currentObligations(assessment({ obligations: [one] }), { ...NOTHING_DONE, recipients })[0]?.met;
    expect([met(asked("prompt")), met(asked("block"))]).toEqual([true, false]);
  });

  it("puts unknown codes last instead of dropping them", () => {
    const unknown = obligation("something_new" as Obligation["code"]);
    const judged = currentObligations(assessment({ obligations: [unknown, obligation("set_label")] }), NOTHING_DONE);
    expect(judged.map((one) => one.code)).toEqual(["set_label", "something_new"]);
  });
});

describe("groundsFor", () => {
  it.each([
    [obligation("state_ground", { ground: "personnummer" }), ["health", "personnummer"], ["personnummer"]],
    [obligation("state_ground"), ["personnummer"], ["personnummer"]],
    [obligation("state_ground"), ["personnummer", "health"], ["personnummer", "sensitive"]],
    [obligation("state_ground"), ["photo", "union"], ["sensitive"]],
    [obligation("state_photo_basis"), ["health"], ["photo"]],
    [obligation("set_label"), ["health"], []],
  ])("%j with %j asks for %j", (asked, categories, expected) => {
    expect(groundsFor(asked, categories)).toEqual(expected);
  });
});

describe("currentDecision", () => {
  it.each([
    [[], "allow"],
    [[obligation("set_label", { met: true })], "allow"],
    [[obligation("state_ground", { decision: "prompt" })], "prompt"],
    [[obligation("state_ground", { decision: "prompt" }), obligation("set_label")], "block"],
    [[obligation("set_label", { met: true }), obligation("use_secure_channel", { decision: "prompt" })], "prompt"],
  ] as const)("of %j is %s", (obligations, expected) => {
    expect(currentDecision(obligations, "allow")).toBe(expected);
  });

  it("is the server's word where obligations carry no decision", () => {
    const { decision: _decision, ...bare } = obligation("set_label");
    expect(currentDecision([bare], "block")).toBe("block");
  });
});

it("isAdvice: only what neither blocks nor can be settled in the pane", () => {
  expect(isAdvice(obligation("use_secure_channel", { decision: "prompt" }))).toBe(true);
  expect(isAdvice(obligation("use_secure_channel", { decision: "block" }))).toBe(false);
  expect(isAdvice(obligation("state_ground", { decision: "prompt" }))).toBe(false);
  expect(isAdvice(obligation("verify_recipients", { decision: "prompt" }), "questioned")).toBe(false);
  expect(isAdvice(obligation("verify_recipients", { decision: "prompt" }), "none")).toBe(true);
});

it("coversLabel: none is covered by anything", () => {
  expect(coversLabel(null, "none")).toBe(true);
  expect(coversLabel("kanslig", "mycket_kanslig")).toBe(false);
});
