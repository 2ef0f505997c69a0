import { describe, expect, it } from "vitest";
import { NO_CONFIRMATIONS, withConfirmed } from "../../../addin/src/assessment/recipientSet.ts";
import { byWeight, recipientsView, waitingKeys, type RecipientsView } from "../../../addin/src/assessment/recipientsView.ts";
import { paneView } from "../../../addin/src/assessment/view.ts";
import type { Recipient } from "../../../addin/src/contract/draft.ts";
import type { RecipientChecks } from "../../../addin/src/contract/recipients.ts";
import { assessment, concern, directoryPerson, obligation, recipient, recipientCheck, recipientChecks, state } from "../factories.ts";

const BO = recipientCheck("bo@example.se");
const EVA = recipientCheck("eva@example.se");
const ODD = recipientCheck("odd@annan.example", { verdict: "external", decision: "prompt", needs_thought: true });
const HELD = recipientCheck("odd@exampel.se", { verdict: "lookalike", decision: "block", needs_thought: true, resembles: "example.se" });

function view(checks: RecipientChecks | null, confirmed: readonly string[] = [], people?: readonly Recipient[], asked = true): RecipientsView {
  const recipients = people ?? checks?.each.map((one) => recipient(one.address)) ?? [];
  return recipientsView({ checks, recipients, confirmed: withConfirmed(NO_CONFIRMATIONS, recipients, confirmed, true) }, asked);
}

const keys = (some: RecipientsView["cards"]): string[] => some.map((one) => one.key);

const SETTLED: readonly [string, RecipientChecks, readonly string[], boolean][] = [
  ["labelled, nobody confirmed", recipientChecks([BO, ODD]), [], false],
  ["labelled, only the folded confirmed", recipientChecks([BO, ODD]), ["bo@example.se"], false],
  ["labelled, only the questioned confirmed", recipientChecks([BO, ODD]), ["odd@annan.example"], false],
  ["labelled, everybody confirmed", recipientChecks([BO, ODD]), ["bo@example.se", "odd@annan.example"], true],
  ["no label, the questioned confirmed", recipientChecks([BO, ODD], { to_confirm: "questioned" }), ["odd@annan.example"], true],
  ["no label, the questioned not confirmed", recipientChecks([BO, ODD], { to_confirm: "questioned" }), ["bo@example.se"], false],
  ["nothing asked", recipientChecks([BO, EVA], { to_confirm: "none" }), [], true],
  ["one held, whatever is confirmed", recipientChecks([BO, HELD]), ["bo@example.se", "odd@exampel.se"], false],
  ["one held by a concern", recipientChecks([{ ...BO, concerns: [concern("external_members", { decision: "block" })] }]), ["bo@example.se"], false],
  ["all held together", recipientChecks([BO], { concerns: [concern("externals_see_each_other", { decision: "block" })] }), ["bo@example.se"], false],
  ["no recipients", recipientChecks([]), [], false],
];

describe("settled", () => {
  it.each(SETTLED)("%s", (_name, checks, confirmed, expected) => {
    expect(view(checks, confirmed).settled).toBe(expected);
  });

  it("not while somebody has not been checked yet", () => {
    const people = [recipient("bo@example.se"), recipient("ny@example.se")];
    expect(view(recipientChecks([BO]), ["bo@example.se", "ny@example.se"], people)).toMatchObject({ pending: 1, settled: false });
  });
});

describe("who is shown how", () => {
  it("one by one whoever needs thought, the others folded", () => {
    const shown = view(recipientChecks([BO, ODD, EVA, HELD]));
    expect([keys(shown.cards), keys(shown.rest)]).toEqual([["odd@annan.example", "odd@exampel.se"], ["bo@example.se", "eva@example.se"]]);
    expect(shown.asksOfRest).toBe(true);
  });

  it.each([["lookalike", true], ["unknown", true], ["disabled", true], ["external", false], ["group", false]] as const)(
    "a card of %s: misaddressed is %s",
    (verdict, misaddressed) => {
      expect(view(recipientChecks([{ ...ODD, verdict }])).misaddressed).toBe(misaddressed);
    },
  );

  it("folded all of them when nothing is asked, but never one who is held", () => {
    const shown = view(recipientChecks([BO, ODD, HELD], { to_confirm: "none" }));
    expect([keys(shown.cards), shown.rest.length, shown.asksOfRest]).toEqual([["odd@exampel.se"], 2, false]);
  });

  it("once who stands twice, and nobody who has been taken out", () => {
    const people = [recipient("BO@example.se"), recipient("bo@example.se", { role: "cc" })];
    expect(keys(view(recipientChecks([BO, BO, ODD]), [], people).rest)).toEqual(["bo@example.se"]);
  });

  it("every one with a thought when the server says nothing of them, though they are asked for", () => {
    const people = [recipient("bo@example.se")];
    expect(view(null, [], people).cards[0]?.check).toMatchObject({ verdict: "unverifiable", needs_thought: true });
    expect(view(null, [], people, false)).toMatchObject({ asks: "none", cards: [], rest: [] });
  });

  it("by the directory's name, else by Outlook's, never by the address as a name", () => {
    const person = directoryPerson({ name: "Bo Berg" });
    const shown = view(recipientChecks([{ ...BO, person }, EVA, ODD]), [], [
      recipient("bo@example.se", { name: "Bosse" }), recipient("eva@example.se", { name: "Eva Ek" }), recipient("odd@annan.example", { name: "Odd@annan.example" }),
    ]);
    expect([...shown.rest, ...shown.cards].map((one) => one.name)).toEqual(["Bo Berg", "Eva Ek", ""]);
  });
});

it("confirmations for others count for nobody", () => {
  const checks = recipientChecks([BO, ODD]);
  const recipients = checks.each.map((one) => recipient(one.address));
  const confirmed = withConfirmed(NO_CONFIRMATIONS, [...recipients, recipient("eva@example.se")], ["bo@example.se", "odd@annan.example"], true);
  expect(recipientsView({ checks, recipients, confirmed }, true).cards[0]?.confirmed).toBe(false);
});

it("one reason why the directory was silent; an address that is none does not count", () => {
  const silent = { verdict: "unverifiable", reason: "directory_slow", needs_thought: true } as const;
  expect(view(recipientChecks([recipientCheck("bo", { ...silent, reason: "not_an_address" })])).notTold).toBeNull();
  expect(view(recipientChecks([BO, { ...EVA, ...silent }])).notTold).toBe("directory_slow");
});

it("byWeight: what holds first, what is good to know last", () => {
  const some = (["allow", "block", "prompt", "allow"] as const).map((decision, index) => concern(`c${String(index)}`, { decision }));
  expect(byWeight(some).map((one) => one.code)).toEqual(["c1", "c2", "c0", "c3"]);
});

it("waitingKeys: whoever is not confirmed", () => {
  expect(waitingKeys(view(recipientChecks([ODD, HELD]), ["odd@annan.example"]))).toEqual(["odd@exampel.se"]);
});

describe("in the pane", () => {
  const recipients = [recipient("bo@example.se"), recipient("odd@annan.example")];
  const checks = recipientChecks([BO, ODD], { to_confirm: "questioned" });

  it("somebody who needs a thought is left to do, with and without an obligation that says so", () => {
    const bare = paneView(state({ assessment: assessment(), checks, recipients }));
    expect([bare.phase, bare.left, bare.decision]).toEqual(["advice", 1, "prompt"]);
    const asked = paneView(state({ assessment: assessment({ obligations: [obligation("verify_recipients", { decision: "prompt" })] }), checks, recipients }));
    expect([asked.phase, asked.left, asked.decision]).toEqual(["advice", 1, "prompt"]);
  });

  it("a harmless draft to colleagues asks nothing", () => {
    const calm = paneView(state({ assessment: assessment(), checks: recipientChecks([BO, EVA], { to_confirm: "none" }), recipients: [recipient("bo@example.se"), recipient("eva@example.se")] }));
    expect([calm.phase, calm.left, calm.decision, calm.recipients.cards.length, calm.recipients.rest.length]).toEqual(["clear", 0, "allow", 0, 2]);
  });

  it("a held recipient is a block", () => {
    const held = paneView(state({ assessment: assessment(), checks: recipientChecks([HELD], { to_confirm: "questioned" }), recipients: [recipient("odd@exampel.se")] }));
    expect(held.decision).toBe("block");
  });

  it("500 recipients are no burden", () => {
    const many = Array.from({ length: 500 }, (_one, index) => recipientCheck(`p${String(index)}@example.se`, { needs_thought: index % 2 === 0 }));
    const crowd = state({ assessment: assessment(), checks: recipientChecks(many), recipients: many.map((one) => recipient(one.address)) });
    const started = performance.now();
    for (let round = 0; round < 20; round += 1) {
      paneView(crowd);
    }
    expect((performance.now() - started) / 20).toBeLessThan(25);
  });
});
