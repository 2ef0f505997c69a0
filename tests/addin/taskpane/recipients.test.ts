import { describe, expect, it, vi } from "vitest";
import { ApiProblem } from "../../../addin/src/api/problems.ts";
import { recipientSet } from "../../../addin/src/assessment/recipientSet.ts";
import { paneView } from "../../../addin/src/assessment/view.ts";
import type { RecipientCheck } from "../../../addin/src/contract/recipients.ts";
import { createTexts } from "../../../addin/src/l10n/texts.ts";
import { createAnnouncer } from "../../../addin/src/taskpane/announcer.ts";
import { outlookDesk } from "../../../addin/src/taskpane/desk.ts";
import { createLive } from "../../../addin/src/taskpane/live.ts";
import { createRecipientActions, type RecipientActions } from "../../../addin/src/taskpane/recipientActions.ts";
import { createStore, type Store } from "../../../addin/src/taskpane/store.ts";
import { emptyRecipients } from "../../../addin/src/demo/fakeOffice/simulatedItem.ts";
import { assessment, recipient, recipientCheck, recipientChecks, state } from "../factories.ts";
import { installOutlook, type TestOutlook } from "../outlook.ts";

const BO = { name: "Bo Berg", address: "bo.berg@example.se" };
const EVA = { name: "Eva Ek", address: "eva.ek@example.se" };

interface Bench {
  readonly outlook: TestOutlook;
  readonly store: Store;
  readonly actions: RecipientActions;
  readonly done: string[];
  refusal: Error | null;
  signIn: () => Promise<void>;
}

function bench(): Bench {
  const outlook = installOutlook({ content: { recipients: { ...emptyRecipients(), to: [BO, EVA] } } });
  const store = createStore(() => undefined);
  store.change({ recipients: [recipient(BO.address), recipient(EVA.address)] });
  const done: string[] = [];
  const made = { outlook, store, done, refusal: null, signIn: () => Promise.resolve() } as Omit<Bench, "actions"> & { actions?: RecipientActions };
  const attempt = async (work: Promise<unknown>): Promise<boolean> => work.then(() => true, () => false);
  const api = {
    checkRecipients: () => {
      done.push("asked");
      return made.refusal === null ? Promise.resolve({}) : Promise.reject(made.refusal);
    },
    signIn: () => {
      done.push("signed in");
      return made.signIn();
    },
  };
  made.actions = createRecipientActions({ api, desk: outlookDesk(), store, attempt, reassess: () => { done.push("judged anew"); } });
  return made as Bench;
}

const soon = { timeout: 2000, interval: 5 };

describe("confirmations", () => {
  it("are kept with the draft in the order they were given, however slow Outlook is", async () => {
    const { actions, outlook, store } = bench();
    for (let round = 0; round < 10; round += 1) {
      actions.confirm([BO.address], round % 2 === 1);
    }
    actions.confirm([EVA.address], true);
    const kept = { set: recipientSet(store.get().recipients), addresses: [BO.address, EVA.address] };
    await vi.waitFor(() => { expect(outlook.item.sessionData.get("sandkoll.confirmed_recipients")).toBe(JSON.stringify(kept)); }, soon);
    expect((await outlookDesk().recall()).confirmed).toEqual(kept);
  });
});

describe("changing the recipients", () => {
  it("takes one out and says so", async () => {
    const { actions, outlook, store } = bench();
    actions.removeRecipient(BO.address, "Bo Berg");
    await vi.waitFor(() => { expect(store.get().notice).toMatchObject({ kind: "removed", name: "Bo Berg" }); }, soon);
    expect(outlook.item.content.recipients.to).toEqual([EVA]);
  });

  it("puts the one who was meant in the same place", async () => {
    const { actions, outlook, store } = bench();
    actions.swapRecipient(BO.address, { address: "bo.berg2@example.se", name: "Bo Berg", title: "Rektor", department: "" });
    await vi.waitFor(() => { expect(store.get().notice).toMatchObject({ kind: "swapped", name: "Bo Berg" }); }, soon);
    expect(outlook.item.content.recipients.to.map((one) => one.address)).toEqual(["bo.berg2@example.se", EVA.address]);
  });

  it("says nothing of what did not work", async () => {
    const { actions, store, outlook } = bench();
    Object.assign(outlook.item.content.recipients, { to: Array.from({ length: 150 }, () => BO) });
    actions.swapRecipient(BO.address, { address: "ny@example.se", name: "", title: "", department: "" });
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    expect(store.get().notice).toBeNull();
  });
});

describe("signing in again for the directory", () => {
  it("asks for what the directory wants of the sign-in, signs in with it, and has the draft judged anew", async () => {
    const made = bench();
    made.refusal = new ApiProblem("signed_out", "401 claims_needed", 0, "{}");
    made.actions.signInAgain();
    await vi.waitFor(() => { expect(made.done).toEqual(["asked", "signed in", "judged anew"]); }, soon);
  });

  it("signs nobody in where nothing more is wanted", async () => {
    const made = bench();
    made.actions.signInAgain();
    await vi.waitFor(() => { expect(made.done).toEqual(["asked", "judged anew"]); }, soon);
  });

  it("leaves all as it was when the sign-in is broken off", async () => {
    const made = bench();
    made.refusal = new ApiProblem("signed_out", "401", 0, "{}");
    made.signIn = () => Promise.reject(new ApiProblem("signed_out", "", 0));
    made.actions.signInAgain();
    await vi.waitFor(() => { expect(made.done).toEqual(["asked", "signed in"]); }, soon);
  });
});

describe("what a screen reader is told", () => {
  const ODD = recipientCheck("odd@annan.example", { verdict: "external", needs_thought: true });
  const LIKE = recipientCheck("odd@exampel.se", { verdict: "lookalike", needs_thought: true });

  function told(...rounds: readonly (readonly RecipientCheck[])[]): (string | null)[] {
    const hear = createAnnouncer(createTexts("sv"));
    return rounds.map((each) => {
      const now = state({ assessment: assessment(), checks: recipientChecks(each, { to_confirm: "questioned" }), recipients: each.map((one) => recipient(one.address)) });
      return hear(now, paneView(now));
    });
  }

  it("when somebody who needs a thought turns up, once, and again for the next", () => {
    const [calm, first, same, second, fewer] = told([], [ODD], [ODD], [ODD, LIKE], [LIKE]);
    expect(calm).toBe("");
    expect(first).toContain("1 mottagare behöver en tanke.");
    expect([same, fewer]).toEqual([null, null]);
    expect(second).toBe("2 mottagare behöver en tanke.");
  });

  it("the same words twice in a row, with a pause in between", async () => {
    const region = { textContent: "" };
    const say = createLive(region);
    say("Hej");
    say("Hej");
    expect(region.textContent).toBe("");
    await vi.waitFor(() => { expect(region.textContent).toBe("Hej"); }, soon);
  });

  it("the newest words, whatever was waiting", async () => {
    const region = { textContent: "Hej" };
    const say = createLive(region);
    say("Hej");
    say("Nytt");
    await new Promise((resolve) => { setTimeout(resolve, 80); });
    expect(region.textContent).toBe("Nytt");
  });
});
