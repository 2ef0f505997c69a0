import { describe, expect, it, vi } from "vitest";
import { ApiProblem } from "../../../addin/src/api/problems.ts";
import type { RecipientCheckRequest } from "../../../addin/src/contract/recipients.ts";
import { checkRequest, RecipientLookup } from "../../../addin/src/taskpane/recipientLookup.ts";
import { createStore, type Store } from "../../../addin/src/taskpane/store.ts";
import { draft, recipient } from "../factories.ts";

interface Bench {
  readonly store: Store;
  readonly lookup: RecipientLookup;
  readonly asked: RecipientCheckRequest[];
  answer: () => Promise<unknown>;
}

function bench(): Bench {
  const store = createStore(() => undefined);
  const asked: RecipientCheckRequest[] = [];
  const made = { store, asked, answer: () => Promise.resolve<unknown>({ recipients: [{ address: "bo@example.se", verdict: "verified" }] }) };
  const checkRecipients = (request: RecipientCheckRequest): Promise<unknown> => {
    asked.push(request);
    return made.answer();
  };
  return Object.assign(made, { lookup: new RecipientLookup({ api: { checkRecipients }, store }) });
}

const TO_BO = draft({ recipients: [recipient("bo@example.se")] });
const TO_BOTH = draft({ recipients: [recipient("bo@example.se"), recipient("eva@example.se")] });

async function rest(store: Store): Promise<void> {
  await vi.waitFor(() => { expect(store.get().lookingUp).toBe(false); });
}

describe("who the recipients are", () => {
  it("is asked without the text, once for the same recipients", async () => {
    const { asked, lookup, store } = bench();
    lookup.consider(TO_BO);
    expect(store.get().lookingUp).toBe(true);
    await rest(store);
    lookup.consider({ ...TO_BO, body: "Nytt", label: "kanslig" });
    expect(asked).toEqual([{ sender: TO_BO.sender, recipients: TO_BO.recipients }]);
    expect(store.get().details).toMatchObject({ signInAgain: false, checks: { each: [{ address: "bo@example.se", verdict: "verified" }] } });
  });

  it("is asked again when they change, one question at a time", async () => {
    const { asked, lookup, store } = bench();
    lookup.consider(TO_BO);
    lookup.consider(TO_BOTH);
    expect(asked).toHaveLength(1);
    await rest(store);
    lookup.consider(TO_BOTH);
    expect(asked).toHaveLength(2);
  });

  it("is asked again on demand, and not at all when there are none", async () => {
    const { asked, lookup, store } = bench();
    lookup.consider(draft());
    expect(asked).toHaveLength(0);
    lookup.consider(TO_BO);
    await rest(store);
    lookup.forget();
    lookup.consider(TO_BO);
    expect(asked).toHaveLength(2);
  });

  it("is asked again after a pause when there was no answer", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    try {
      const made = bench();
      made.answer = () => Promise.reject(new ApiProblem("unreachable", "", 0));
      made.lookup.consider(TO_BO);
      await rest(made.store);
      expect(made.store.get().details).toEqual({ checks: null, signInAgain: false });
      made.lookup.consider(TO_BO);
      expect(made.asked).toHaveLength(1);
      vi.advanceTimersByTime(2100);
      made.lookup.consider(TO_BO);
      expect(made.asked).toHaveLength(2);
      await rest(made.store);
      vi.advanceTimersByTime(2100);
      made.lookup.consider(TO_BO);
      expect(made.asked).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it("is not asked again by itself where the sign-in must be renewed", async () => {
    const made = bench();
    made.answer = () => Promise.reject(new ApiProblem("signed_out", "401", 0, "{}"));
    made.lookup.consider(TO_BO);
    await rest(made.store);
    expect(made.store.get().details).toEqual({ checks: null, signInAgain: true });
  });
});

it("the label goes along where there is one", () => {
  expect(checkRequest(draft({ label: "kanslig" }))).toMatchObject({ label: "kanslig" });
  expect(Object.keys(checkRequest(draft()))).toEqual(["sender", "recipients"]);
});
