import { afterEach, describe, expect, it, vi } from "vitest";
import type { Api } from "../../../addin/src/api/client.ts";
import { ApiProblem } from "../../../addin/src/api/problems.ts";
import type { Assessment } from "../../../addin/src/contract/assessment.ts";
import type { Draft } from "../../../addin/src/contract/draft.ts";
import { NO_CONFIRMATIONS, recipientSet } from "../../../addin/src/assessment/recipientSet.ts";
import { CodedError } from "../../../addin/src/errors.ts";
import { createActions } from "../../../addin/src/taskpane/actions.ts";
import { outlookDesk } from "../../../addin/src/taskpane/desk.ts";
import { createStore, type Store } from "../../../addin/src/taskpane/store.ts";
import { Watcher } from "../../../addin/src/taskpane/watcher.ts";
import { assessment, policy, recipient } from "../factories.ts";
import { installOutlook, type TestOutlook } from "../outlook.ts";

interface Bench {
  readonly outlook: TestOutlook;
  readonly store: Store;
  readonly watcher: Watcher;
  readonly asked: Draft[];
  answer: (draft: Draft) => Promise<Assessment>;
}

const running: Watcher[] = [];
afterEach(() => {
  running.splice(0).forEach((watcher) => { watcher.stop(); });
});

function bench(answer: Bench["answer"] = () => Promise.resolve(assessment())): Bench {
  const outlook = installOutlook();
  const asked: Draft[] = [];
  const made = { outlook, asked, answer } as { -readonly [Key in keyof Bench]: Bench[Key] };
  const api: Api = {
    assess: (draft) => {
      asked.push(draft);
      return made.answer(draft);
    },
    checkSend: () => Promise.reject(new Error("not used")),
    policy: () => Promise.resolve(policy()),
    sendFeedback: () => Promise.reject(new Error("not used")),
    checkRecipients: () => Promise.resolve({ recipients: [] }),
    checkThread: () => Promise.reject(new Error("not used")),
    askToForward: () => Promise.reject(new Error("not used")),
    forwardRequest: () => Promise.reject(new Error("not used")),
    withdrawRequest: () => Promise.reject(new Error("not used")),
    signIn: () => Promise.resolve(),
  };
  made.store = createStore(() => undefined);
  made.watcher = new Watcher({ api, desk: outlookDesk(), store: made.store, isHidden: () => false });
  running.push(made.watcher);
  return made;
}

const soon = { timeout: 2000, interval: 10 };

describe("the watcher", () => {
  it("asks at once, stores the verdict on the draft and shows the answer", async () => {
    const { outlook, store } = bench(() => Promise.resolve(assessment({ label: "kanslig", verdict: "v1" })));
    await vi.waitFor(() => { expect(store.get().assessment?.label).toBe("kanslig"); }, soon);
    expect(outlook.item.sessionData.get("sandkoll.verdict")).toBe("v1");
    expect(store.get().policy?.id).toBe("standard");
  });

  it("does not ask again while nothing changes", async () => {
    const { asked, store } = bench();
    await vi.waitFor(() => { expect(store.get().assessment).not.toBeNull(); }, soon);
    await new Promise((resolve) => { setTimeout(resolve, 1500); });
    expect(asked).toHaveLength(1);
  });

  it("asks again within a second after a change", async () => {
    const { asked, outlook, store } = bench();
    await vi.waitFor(() => { expect(store.get().assessment).not.toBeNull(); }, soon);
    outlook.item.content.bodyHtml = "<p>Nytt</p>";
    await vi.waitFor(() => { expect(asked.at(-1)?.body).toBe("<p>Nytt</p>"); }, { timeout: 1000, interval: 10 });
  });

  it("has one question at a time and then asks about the newest draft", async () => {
    let release: () => void = () => undefined;
    const { asked, outlook } = bench(() => new Promise((resolve) => { release = () => { resolve(assessment()); }; }));
    await vi.waitFor(() => { expect(asked).toHaveLength(1); }, soon);
    outlook.item.content.bodyHtml = "<p>2</p>";
    await new Promise((resolve) => { setTimeout(resolve, 900); });
    outlook.item.content.bodyHtml = "<p>3</p>";
    expect(asked).toHaveLength(1);
    release();
    await vi.waitFor(() => { expect(asked).toHaveLength(2); }, { timeout: 3000, interval: 10 });
    expect(asked[1]?.body).toBe("<p>3</p>");
  });

  it("keeps the last answer when the server goes away, and asks again on demand", async () => {
    const made = bench(() => Promise.resolve(assessment({ label: "kanslig" })));
    await vi.waitFor(() => { expect(made.store.get().assessment).not.toBeNull(); }, soon);
    made.answer = () => Promise.reject(new CodedError("unreachable"));
    made.outlook.item.content.subject = "Nytt";
    await vi.waitFor(() => { expect(made.store.get().trouble).toBe("unreachable"); }, soon);
    expect(made.store.get().assessment?.label).toBe("kanslig");
    made.answer = () => Promise.resolve(assessment());
    made.watcher.retry();
    await vi.waitFor(() => { expect(made.store.get().trouble).toBeNull(); }, { timeout: 500, interval: 10 });
  });

  it("holds off as long as the server asks", async () => {
    const made = bench(() => Promise.reject(new ApiProblem("too_many_requests", "429", 60_000)));
    await vi.waitFor(() => { expect(made.store.get().trouble).toBe("too_many_requests"); }, soon);
    await new Promise((resolve) => { setTimeout(resolve, 2600); });
    expect(made.asked).toHaveLength(1);
  });
});

describe("a draft that the server refuses", () => {
  it("is not sent again until it changes", async () => {
    const made = bench(() => Promise.reject(new ApiProblem("draft_too_large", "413", 0)));
    await vi.waitFor(() => { expect(made.store.get().trouble).toBe("draft_too_large"); }, soon);
    await new Promise((resolve) => { setTimeout(resolve, 1500); });
    expect(made.asked).toHaveLength(1);
    made.answer = () => Promise.resolve(assessment());
    made.outlook.item.content.bodyHtml = "<p>Kort</p>";
    await vi.waitFor(() => { expect(made.store.get().trouble).toBeNull(); }, soon);
  });
});

describe("actions", () => {
  function actionsOn({ store, watcher }: Bench) {
    return createActions({
      api: {
        sendFeedback: () => Promise.reject(new Error("not used")),
        checkRecipients: () => Promise.resolve(),
        askToForward: () => Promise.reject(new Error("not used")),
        withdrawRequest: () => Promise.reject(new Error("not used")),
        signIn: () => Promise.resolve(),
      },
      desk: outlookDesk(), store,
      nudge: () => { watcher.nudge(); },
      retry: () => { watcher.retry(); },
      reassess: () => { watcher.reassess(); },
      openExternal: () => undefined,
    });
  }

  it("setting the label marks the draft and has it judged anew", async () => {
    const made = bench();
    actionsOn(made).setLabel("kanslig");
    await vi.waitFor(() => { expect(made.outlook.item.headers.get("x-sandkoll-label")).toBe("kanslig"); }, soon);
    await vi.waitFor(() => { expect(made.asked.at(-1)?.label).toBe("kanslig"); }, soon);
  });

  it("grounds and confirmations are kept on the draft for the send check", async () => {
    const made = bench();
    made.outlook.item.content.recipients.to = [{ name: "Bo", address: "Bo@Example.se" }];
    await vi.waitFor(() => { expect(made.store.get().recipients).toHaveLength(1); }, soon);
    const actions = actionsOn(made);
    actions.stateGround("personnummer", "consent");
    actions.confirm(["Bo@Example.se"], true);
    const kept = { set: recipientSet([recipient("bo@example.se")]), addresses: ["bo@example.se"] };
    await vi.waitFor(() => { expect(made.outlook.item.sessionData.get("sandkoll.confirmed_recipients")).toBe(JSON.stringify(kept)); }, soon);
    expect(made.outlook.item.sessionData.get("sandkoll.grounds")).toBe('{"personnummer":"consent"}');
    actions.stateGround("personnummer", null);
    await vi.waitFor(() => { expect(made.outlook.item.sessionData.get("sandkoll.grounds")).toBe("{}"); }, soon);
  });

  it("confirmations fall with any other recipient, for the send handler too", async () => {
    const made = bench();
    const stored = (): string => made.outlook.item.sessionData.get("sandkoll.confirmed_recipients") ?? "";
    made.outlook.item.content.recipients.to = [{ name: "Bo", address: "bo@example.se" }];
    await vi.waitFor(() => { expect(made.store.get().recipients).toHaveLength(1); }, soon);
    actionsOn(made).confirm(["bo@example.se"], true);
    await vi.waitFor(() => { expect(stored()).toContain("bo@example.se"); }, soon);
    made.outlook.item.content.recipients = { ...made.outlook.item.content.recipients, to: [], cc: [{ name: "Bo", address: "bo@example.se" }] };
    await vi.waitFor(() => { expect(made.store.get().recipients[0]?.role).toBe("cc"); }, soon);
    expect(stored()).toContain("bo@example.se");
    made.outlook.item.content.recipients.to = [{ name: "Eva", address: "eva@example.se" }];
    await vi.waitFor(() => { expect(stored()).toBe(JSON.stringify(NO_CONFIRMATIONS)); }, soon);
    made.outlook.item.content.recipients.to = [];
    await vi.waitFor(() => { expect(made.store.get().recipients).toHaveLength(1); }, soon);
    expect(made.store.get().confirmed).toEqual(NO_CONFIRMATIONS);
  });

  it("judges a draft anew on demand though nothing has changed", async () => {
    const made = bench();
    await vi.waitFor(() => { expect(made.store.get().assessment).not.toBeNull(); }, soon);
    actionsOn(made).checkAgain();
    await vi.waitFor(() => { expect(made.asked).toHaveLength(2); }, soon);
  });

  it("says so when a choice could not be kept", async () => {
    const made = bench();
    made.outlook.item.sessionData.set = () => { throw new Error("full"); };
    actionsOn(made).stateGround("photo", "agreement");
    await vi.waitFor(() => { expect(made.store.get().actionTrouble).toBe("not_kept"); }, soon);
  });
});
