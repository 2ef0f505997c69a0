import { describe, expect, it } from "vitest";
import { readRecipientChecks } from "../../../addin/src/assessment/recipientAnswer.ts";
import { addressed, joined } from "../../../addin/src/assessment/recipientDetails.ts";
import { concern, directoryPerson, recipient, recipientCheck, recipientChecks } from "../factories.ts";

const BO = recipient("Bo@example.se");
const EVA = recipient("eva@example.se");
/** As an assessment says it: codes alone. */
const BRIEF = readRecipientChecks({
  each: [
    { verdict: "group", decision: "block", needs_thought: true, concerns: [{ code: "external_members", decision: "block" }] },
    { verdict: "unverifiable", decision: "prompt", needs_thought: true, concerns: [] },
  ],
  concerns: [{ code: "greeting_differs", decision: "prompt" }],
  to_confirm: "each",
});
const JUDGED = addressed(BRIEF, [BO, EVA]);
const PERSON = directoryPerson({ kind: "group", name: "Projektet" });
const GROUP = recipientCheck("bo@example.se", { verdict: "group", person: PERSON, advice: "En grupp.", concerns: [concern("external_members", { decision: "allow" }), concern("large_group")] });

describe("addressed", () => {
  it("names the recipients in the draft's order", () => {
    expect(JUDGED?.each.map((one) => one.address)).toEqual(["Bo@example.se", "eva@example.se"]);
  });

  it("is nothing where the answer is about another number of recipients", () => {
    expect([addressed(BRIEF, [BO]), addressed(BRIEF, []), addressed(null, [])]).toEqual([null, null, null]);
  });
});

describe("joined", () => {
  it("adds facts and sentences; what follows from them is the assessment's", () => {
    const [bo] = joined(JUDGED, { checks: recipientChecks([GROUP]), signInAgain: false }, false)?.each ?? [];
    expect(bo).toMatchObject({ verdict: "group", decision: "block", needs_thought: true, person: PERSON, advice: "En grupp." });
    expect(bo?.concerns).toEqual([concern("external_members", { decision: "block" })]);
  });

  it("says nothing of why where the two disagree on who it is", () => {
    const back = recipientCheck("eva@example.se", { verdict: "verified", advice: "Finns.", advice_en: "There." });
    const [, eva] = joined(JUDGED, { checks: recipientChecks([GROUP, back]), signInAgain: false }, false)?.each ?? [];
    expect(eva).toMatchObject({ verdict: "unverifiable", reason: "directory_slow", advice: "", advice_en: "", needs_thought: true });
  });

  it("keeps the verdict when the recipient check gives no answer", () => {
    expect(joined(JUDGED, { checks: null, signInAgain: false }, false)).toEqual(JUDGED);
    expect(joined(JUDGED, null, false)).toEqual(JUDGED);
    expect(joined(null, null, false)).toBeNull();
  });

  it("says that a new sign-in is wanted of those who could not be checked", () => {
    const reasons = joined(JUDGED, { checks: null, signInAgain: true }, false)?.each.map((one) => one.reason);
    expect(reasons).toEqual([null, "sign_in_again"]);
  });

  it("waits with those of whom it is still asked who they are", () => {
    expect(joined(JUDGED, { checks: recipientChecks([GROUP]), signInAgain: false }, true)?.each.map((one) => one.address)).toEqual(["bo@example.se"]);
    expect(joined(JUDGED, null, true)?.each).toEqual([]);
  });
});
