import { describe, expect, it } from "vitest";
import { decideComposeType, type ComposeWitnesses } from "../../../addin/src/assessment/composeType.ts";

const QUOTE = '<div id="divRplyFwdMsg"></div>';
const NOTHING: ComposeWitnesses = { stored: null, reported: null, inReplyTo: null, subject: "", body: "" };

const CASES: readonly [string, Partial<ComposeWitnesses>, string][] = [
  ["nothing known", {}, "new"],
  ["Outlook says forward", { reported: "forward" }, "forward"],
  ["stored forward outlives a forgetful client", { stored: "forward", reported: "new" }, "forward"],
  ["forward beats reply", { stored: "reply", reported: "forward" }, "forward"],
  ["Outlook says reply", { reported: "reply" }, "reply"],
  ["forward prefix in a thread", { reported: "new", inReplyTo: "<m1>", subject: "VB: Hej" }, "forward"],
  ["English forward prefix with quote", { subject: " FW: Hej", body: QUOTE }, "forward"],
  ["reply prefix in a thread", { subject: "SV: Hej", body: QUOTE }, "reply"],
  ["prefix alone is not a thread", { subject: "VB: Hej" }, "new"],
  ["a thread without prefix is a reply", { inReplyTo: "<m1>", subject: "Hej" }, "reply"],
];

describe("decideComposeType", () => {
  it.each(CASES)("%s", (_name, witnesses, expected) => {
    expect(decideComposeType({ ...NOTHING, ...witnesses })).toBe(expected);
  });
});
