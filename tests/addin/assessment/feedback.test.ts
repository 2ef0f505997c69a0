import { describe, expect, it } from "vitest";
import { feedbackFindings, isTakenBack, labelChoices, needsLabel, NO_FEEDBACK, statedLabel, type Feedback, type Standing } from "../../../addin/src/assessment/feedback.ts";
import { readFeedback } from "../../../addin/src/assessment/storedFeedback.ts";
import { assessment, reason } from "../factories.ts";

const HEALTH = reason("health.a", 0, { role: "shares" });
const UNION = reason("union.a", 1, { role: "shares" });
const PHOTO = reason("photo.a", 2, { role: "adds" });
const SAID = assessment({ label: "kanslig", reasons: [HEALTH, UNION, PHOTO] });

function given(standings: Record<string, Standing>, fields: Partial<Feedback> = {}): Feedback {
  const answers = Object.fromEntries(Object.entries(standings).map(([rule, standing]) =>
    [rule, { standing, codes: [{ rule, category: rule.split(".")[0] ?? "" }], trouble: null }]));
  return { ...NO_FEEDBACK, id: "a-1", answers, ...fields };
}

describe("needsLabel", () => {
  it("asks where the label falls with the reason", () => {
    expect(needsLabel(SAID, reason("x", 0, { role: "decides" }), NO_FEEDBACK)).toBe(true);
  });

  it("does not ask where the label stands anyway", () => {
    expect(needsLabel(SAID, PHOTO, NO_FEEDBACK)).toBe(false);
    expect(needsLabel(SAID, HEALTH, NO_FEEDBACK)).toBe(false);
  });

  it("asks at the last of those that carry the label together", () => {
    expect(needsLabel(SAID, HEALTH, given({ "union.a": "sent" }))).toBe(true);
    expect(needsLabel(SAID, HEALTH, given({ "union.a": "undoing" }))).toBe(false);
  });
});

it("the choices are the suggested label and those below it", () => {
  expect(labelChoices("kanslig")).toEqual(["none", "kanslig"]);
  expect(labelChoices("mycket_kanslig")).toEqual(["none", "kanslig", "mycket_kanslig"]);
});

it("a label once stated holds as long as the suggestion is the same", () => {
  expect(statedLabel(SAID, NO_FEEDBACK)).toBe("kanslig");
  expect(statedLabel(SAID, given({}, { right: "none", suggested: "kanslig" }))).toBe("none");
  expect(statedLabel(SAID, given({}, { right: "none", suggested: "mycket_kanslig" }))).toBe("kanslig");
});

it("what is sent holds all that was said, not what is asked or waits", () => {
  const feedback = given({ "health.a": "sent", "union.a": "sending", "photo.a": "undoing", "x.a": "asking", "y.a": "failed" });
  expect(feedbackFindings(feedback)).toEqual([
    { rule: "health.a", category: "health", right: false },
    { rule: "union.a", category: "union", right: false },
    { rule: "photo.a", category: "photo", right: true },
  ]);
});

it("all is taken back when nothing is called wrong any more", () => {
  expect(isTakenBack(given({ "health.a": "undoing" }))).toBe(true);
  expect(isTakenBack(given({ "health.a": "undoing", "union.a": "sent" }))).toBe(false);
  expect(isTakenBack({ ...given({}), answers: { address: { standing: "sending", codes: [], trouble: null } } })).toBe(false);
});

describe("readFeedback", () => {
  it("gives back what was stored; what was on its way waits for another try", () => {
    const kept = given({ "health.a": "sent", "union.a": "sending", "x.a": "asking", "y.a": "undoing" }, { right: "none", suggested: "kanslig" });
    const read = readFeedback(JSON.parse(JSON.stringify(kept)));
    expect({ ...read, answers: Object.fromEntries(Object.entries(read.answers).map(([key, one]) => [key, one.standing])) })
      .toEqual({ id: "a-1", right: "none", suggested: "kanslig", answers: { "health.a": "sent", "union.a": "failed", "y.a": "sent" } });
    expect(read.answers["health.a"]?.codes).toEqual([{ rule: "health.a", category: "health" }]);
  });

  it.each([null, 5, "x", [], {}, { id: 1, answers: {} }, { id: "a", answers: null }])("takes %j for nothing", (stored) => {
    expect(readFeedback(stored)).toEqual(NO_FEEDBACK);
  });

  it("passes over what has another shape", () => {
    expect(readFeedback({ id: "a", right: "top", answers: { x: 1, y: { codes: "z" } } })).toEqual({ ...NO_FEEDBACK, id: "a" });
  });
});
