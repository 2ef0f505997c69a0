import { describe, expect, it } from "vitest";
import { createTexts } from "../../../addin/src/l10n/texts.ts";
import {
  adviceText, calledName, inLanguage, membersText, restQuestion, restTitle, tipTexts, unitLine, whereLine,
} from "../../../addin/src/taskpane/recipientWording.ts";
import type { ShownRecipient } from "../../../addin/src/assessment/recipientsView.ts";
import type { Members, RecipientCheck } from "../../../addin/src/contract/recipients.ts";
import { concern, directoryPerson, recipientCheck } from "../factories.ts";

const SV = createTexts("sv");
const EN = createTexts("en");

function members(fields: Partial<Members>): Members {
  return { count: 42, external: 0, at_least: false, external_names: [], ...fields };
}

function shown(check: RecipientCheck, name = ""): ShownRecipient {
  return { key: check.address, check, name, confirmed: false, held: false };
}

const GROUPS: readonly [Partial<Members>, string][] = [
  [{}, "42 personer"],
  [{ count: 1 }, "1 person"],
  [{ external: null }, "42 personer"],
  [{ external: 1, external_names: ["Eva Ek"] }, "42 personer, varav 1 utanför kommunen: Eva Ek"],
  [{ external: 3, external_names: ["Eva Ek", "Bo Ny"] }, "42 personer, varav 3 utanför kommunen: Eva Ek, Bo Ny med flera"],
  [{ count: 20000, external: 3, at_least: true }, "Minst 20\u00a0000 personer, varav minst 3 utanför kommunen"],
  [{ count: 1234567 }, "1\u00a0234\u00a0567 personer"],
  [{ count: null }, "Vi vet inte hur många personer gruppen når"],
];

describe("membersText", () => {
  it.each(GROUPS)("%j: %s", (fields, words) => {
    expect(membersText(recipientCheck("g@example.se", { members: members(fields) }), SV)).toBe(words);
  });

  it("says nothing twice", () => {
    const outside = members({ external: 1, external_names: ["Eva Ek"] });
    expect(membersText(recipientCheck("g@example.se", { members: outside, concerns: [concern("external_members")] }), SV)).toBe("42 personer, varav 1 utanför kommunen");
    expect(membersText(recipientCheck("g@example.se", { members: members({ count: null }), concerns: [concern("members_unknown")] }), SV)).toBe("");
    expect(membersText(recipientCheck("bo@example.se"), SV)).toBe("");
  });
});

describe("unitLine", () => {
  it.each([
    [recipientCheck("a", { person: directoryPerson({ title: "Rektor", department: "Björkskolan", committee: "Skolnämnden", company: "Granviks kommun" }) }), "Rektor · Björkskolan · Skolnämnden"],
    [recipientCheck("a", { verdict: "other_unit", person: directoryPerson({ title: "Rektor", committee: "Skolnämnden" }) }), "Rektor"],
    [recipientCheck("a", { person: directoryPerson({ kind: "shared_mailbox", department: "Kansliet" }) }), "Delad brevlåda · Kansliet"],
    [recipientCheck("a", { person: directoryPerson({ guest: true, company: "Falk & Co" }) }), "Gäst · Falk & Co"],
    [recipientCheck("a", { person: directoryPerson({ kind: "contact" }), organisation: "Motala kommun" }), "Kontakt utanför kommunen · Motala kommun"],
    [recipientCheck("a", { organisation: "Motala kommun" }), "Motala kommun"],
    [recipientCheck("a"), ""],
  ])("%#: %s", (check, words) => {
    expect(unitLine(check, SV)).toBe(words);
  });

  it("what tells namesakes apart", () => {
    expect(whereLine(directoryPerson({ office: "Hamngatan 4", manager: "Rolf Axelsson" }), SV)).toBe("Hamngatan 4 · Chef: Rolf Axelsson");
    expect(whereLine(null, SV)).toBe("");
  });
});

describe("adviceText", () => {
  const silent = recipientCheck("a", { verdict: "unverifiable", reason: "directory_down", advice: "Katalogen svarar inte.", advice_en: "No answer." });

  it("is the server's, in the reader's language", () => {
    expect([adviceText(silent, null, SV), adviceText(silent, null, EN)]).toEqual(["Katalogen svarar inte.", "No answer."]);
    expect(inLanguage(EN, "Bara svenska", "")).toBe("Bara svenska");
  });

  it("is not said on each card when it stands above them all", () => {
    expect(adviceText(silent, "directory_down", SV)).toBe("");
    expect(adviceText(silent, "directory_slow", SV)).toBe("Katalogen svarar inte.");
  });

  it("is never empty for somebody of whom nothing is known", () => {
    expect(adviceText(recipientCheck("a", { verdict: "unverifiable" }), null, SV)).toContain("Vi vet inte vem mottagaren är");
  });
});

it("mail tips, but for what a concern says already", () => {
  const tips = { automatic_reply: true, mailbox_full: true, moderated: false };
  expect(tipTexts(recipientCheck("a", { mail_tips: tips, concerns: [concern("mailbox_full")] }), SV)).toEqual(["Har autosvar på, så svaret kan dröja."]);
});

describe("the folded", () => {
  const [one, two, three] = ["a@example.se", "b@example.se", "c@example.se"].map((address) => shown(recipientCheck(address), "Anna")) as [ShownRecipient, ShownRecipient, ShownRecipient];
  const shared = shown(recipientCheck("r@example.se", { person: directoryPerson({ kind: "shared_mailbox" }) }));
  const silent = shown(recipientCheck("s@example.se", { verdict: "unverifiable" }));
  const outside = shown(recipientCheck("x@annan.example", { verdict: "external" }));

  it.each([
    [[one, two, three], true, "3 verifierade kollegor"],
    [[one], true, "1 verifierad kollega"],
    [[one, outside], true, "2 mottagare kontrollerade"],
    [[one, two, three], false, "3 mottagare kontrollerade"],
    [[one, shared], true, "2 mottagare kontrollerade"],
    [[one, two, silent], false, "3 mottagare, 1 inte kontrollerade"],
    [[silent], true, "Inte kontrollerade: 1"],
  ])("%#: are %s", (rest, asks, title) => {
    expect(restTitle(rest, asks, SV)).toBe(title);
  });

  it.each([
    [[one], "Anna behöver veta"],
    [[outside], "x@annan.example behöver veta"],
    [[one, two], "Båda behöver veta"],
    [[one, two, three], "Alla 3 behöver veta"],
  ])("%#: one question for all of them", (rest, question) => {
    expect(restQuestion(rest, SV)).toBe(question);
  });

  it("somebody without a name is called by the address", () => {
    expect(calledName(outside)).toBe("x@annan.example");
  });
});
