import { describe, expect, it } from "vitest";
import { excerptsOf, placesOf, reasonKey } from "../../../addin/src/assessment/reasons.ts";
import { createTexts } from "../../../addin/src/l10n/texts.ts";
import { placesText, reasonTitle } from "../../../addin/src/taskpane/wording.ts";
import { assessment, finding, place, policy, reason } from "../factories.ts";

const SWEDISH = createTexts("sv-SE");
const ENGLISH = createTexts("en-GB");

describe("reasonKey", () => {
  it("stays the same when the reason is found in more places", () => {
    expect(reasonKey(reason("health.a", 0))).toBe(reasonKey(reason("health.a", 4, { findings: [4, 5], rules: ["health.a", "health.b"] })));
  });

  it("is the words of a reason without rules", () => {
    expect(reasonKey(reason("x", 0, { rules: [], text: "Namn och adress." }))).toBe("Namn och adress.");
  });
});

describe("excerptsOf", () => {
  it("shows each excerpt once, two at most, and none that says nothing", () => {
    const findings = ["•••", "har ••• adhd", "har ••• adhd", "••••••••-••••", "till"].map((excerpt) => finding({ excerpt }));
    expect(excerptsOf({ findings }, reason("health.a", 0, { findings: [0, 1, 2, 3, 4] }))).toEqual(["har ••• adhd", "••••••••-••••"]);
  });
});

describe("placesOf", () => {
  it("finds the sentences of a step's findings through the reasons", () => {
    const findings = [finding({ start: 110 }), finding({ start: 220 }), finding({ start: 5, part: "subject" })];
    const reasons = [
      reason("health.a", 0, { findings: [0, 1], places: [place(1), place(2)] }),
      reason("union.a", 2, { places: [place(null, { part: "subject" })] }),
    ];
    const said = assessment({ findings, reasons });
    expect(placesOf(said, [1])).toEqual([place(2)]);
    expect(placesOf(said, [0, 2])).toEqual([place(1), place(null, { part: "subject" })]);
    expect(placesOf(said, [])).toEqual([]);
  });
});

describe("placesText", () => {
  it.each([
    [[place(2)], "mening 2 i texten", "sentence 2 in the text"],
    [[place(5), place(2)], "mening 2 och 5 i texten", "sentences 2 and 5 in the text"],
    [[1, 2, 3, 4, 5].map((number) => place(number)), "mening 1, 2, 3, 4 … i texten", "sentences 1, 2, 3, 4 … in the text"],
    [[place(1, { part: "subject" })], "i ämnet", "in the subject"],
    [[place(1, { part: "attachment:0" }), place(null)], "mening 1 i bilaga 1, i texten", "sentence 1 in attachment 1, in the text"],
    [[place(1, { part: "attachment_name:1" })], "i namnet på bilaga 2", "in the name of attachment 2"],
    [[], "", ""],
  ])("%j", (places, swedish, english) => {
    expect([placesText(places, SWEDISH), placesText(places, ENGLISH)]).toEqual([swedish, english]);
  });
});

it("a reason is named by its category, or as the whole", () => {
  expect(reasonTitle(reason("health.a"), policy(), SWEDISH)).toBe("Hälsa");
  expect(reasonTitle(reason("x", 0, { categories: [] }), policy(), SWEDISH)).toBe("Sammantaget");
});
