import { describe, expect, it, vi } from "vitest";
import { ApiProblem } from "../../../addin/src/api/problems.ts";
import { NO_FEEDBACK } from "../../../addin/src/assessment/feedback.ts";
import type { FeedbackRequest } from "../../../addin/src/contract/feedback.ts";
import { outlookDesk } from "../../../addin/src/taskpane/desk.ts";
import { createFeedbackActions, type FeedbackActions } from "../../../addin/src/taskpane/feedbackActions.ts";
import { createStore, type Store } from "../../../addin/src/taskpane/store.ts";
import { createTexts } from "../../../addin/src/l10n/texts.ts";
import { noticeText } from "../../../addin/src/taskpane/announcer.ts";
import { assessment, finding, reason } from "../factories.ts";
import { installOutlook, type TestOutlook } from "../outlook.ts";

const HEALTH = reason("health.a", 0);
const UNION = reason("union.a", 1, { role: "adds" });
const SAID = assessment({
  id: "a-1", label: "kanslig", reasons: [HEALTH, UNION],
  findings: [finding({ rule: "health.a" }), finding({ rule: "union.a", category: "union" })],
});
const WRONG_HEALTH = { rule: "health.a", category: "health", right: false };
const WRONG_UNION = { rule: "union.a", category: "union", right: false };

interface Bench {
  readonly outlook: TestOutlook;
  readonly store: Store;
  readonly actions: FeedbackActions;
  readonly sent: FeedbackRequest[];
  answer: () => Promise<unknown>;
  readonly standing: (rule: string) => string | undefined;
}

function bench(): Bench {
  const outlook = installOutlook({ content: { subject: "Om Lova" } });
  const store = createStore(() => undefined);
  store.change({ assessment: SAID });
  const sent: FeedbackRequest[] = [];
  const made = {
    outlook, store, sent,
    answer: () => Promise.resolve<unknown>({}),
    standing: (rule: string) => store.get().feedback.answers[rule]?.standing,
  };
  const sendFeedback = (request: FeedbackRequest): Promise<unknown> => {
    sent.push(request);
    return made.answer();
  };
  return Object.assign(made, { actions: createFeedbackActions({ api: { sendFeedback }, desk: outlookDesk(), store }) });
}

const soon = { timeout: 2000, interval: 5 };

async function settled(made: Bench, rule: string, standing: string | undefined): Promise<void> {
  await vi.waitFor(() => { expect(made.standing(rule)).toBe(standing); }, soon);
}

describe("calling a reason wrong", () => {
  it("takes one press where the label does not hang on it", async () => {
    const made = bench();
    made.actions.callWrong(UNION);
    await settled(made, "union.a", "sent");
    expect(made.sent).toHaveLength(1);
    expect(made.sent[0]).toMatchObject({ id: "a-1", label: "kanslig", findings: [WRONG_UNION], draft: { subject: "Om Lova" } });
    expect(made.store.get().notice).toEqual({ serial: 1, kind: "sent", trouble: null });
  });

  it("asks for the right label where it does", async () => {
    const made = bench();
    made.actions.callWrong(HEALTH);
    expect([made.standing("health.a"), made.sent.length]).toEqual(["asking", 0]);
    made.actions.chooseLabel(HEALTH, "none");
    await settled(made, "health.a", "sent");
    expect(made.sent[0]).toMatchObject({ label: "none", findings: [WRONG_HEALTH] });
  });

  it("can be broken off before anything is sent", () => {
    const made = bench();
    made.actions.callWrong(HEALTH);
    made.actions.cancelAnswer(HEALTH);
    expect([made.standing("health.a"), made.sent.length]).toEqual([undefined, 0]);
  });

  it("leaves the suggestion as it was", async () => {
    const made = bench();
    made.actions.chooseLabel(HEALTH, "none");
    await settled(made, "health.a", "sent");
    expect(made.store.get().assessment).toBe(SAID);
  });

  it("sends all that was said before along, under the first assessment's id, since the last answer counts", async () => {
    const made = bench();
    made.actions.chooseLabel(HEALTH, "none");
    made.actions.callWrong(UNION);
    await settled(made, "union.a", "sent");
    made.store.change({ assessment: { ...SAID, id: "a-2" } });
    expect(made.sent[1]).toMatchObject({ id: "a-1", label: "none", findings: [WRONG_HEALTH, WRONG_UNION] });
    made.actions.undoAnswer(UNION);
    await settled(made, "union.a", undefined);
    expect(made.sent[2]).toMatchObject({ id: "a-1", label: "none", findings: [WRONG_HEALTH, { ...WRONG_UNION, right: true }] });
  });
});

describe("taking it back", () => {
  it("says that the suggestion was right after all", async () => {
    const made = bench();
    made.actions.chooseLabel(HEALTH, "none");
    await settled(made, "health.a", "sent");
    made.actions.undoAnswer(HEALTH);
    await settled(made, "health.a", undefined);
    expect(made.sent[1]).toMatchObject({ id: "a-1", label: "kanslig", findings: [{ ...WRONG_HEALTH, right: true }] });
    expect(made.store.get().notice?.kind).toBe("undone");
  });

  it("stays sent, and says so, when that does not get through", async () => {
    const made = bench();
    made.actions.callWrong(UNION);
    await settled(made, "union.a", "sent");
    made.answer = () => Promise.reject(new ApiProblem("unavailable", "503", 0));
    made.actions.undoAnswer(UNION);
    await vi.waitFor(() => { expect(made.store.get().feedback.answers["union.a"]).toMatchObject({ standing: "sent", trouble: "unavailable" }); }, soon);
  });
});

describe("an answer that does not get through", () => {
  it.each([
    ["server_failed", "Svaret gick inte att ta emot just nu."],
    ["too_many_requests", "Det har kommit många svar nu."],
    ["unavailable", "Svaret gick inte att ta emot just nu."],
    ["unreachable", "Svaret kom inte fram."],
    ["signed_out", "Svaret finns kvar här. Logga in"],
  ])("%s: is kept, told kindly, and goes out at the next try", async (code, words) => {
    const made = bench();
    made.answer = () => Promise.reject(new ApiProblem(code, "", 0));
    made.actions.chooseLabel(HEALTH, "none");
    await settled(made, "health.a", "failed");
    const { notice } = made.store.get();
    expect(notice === null ? "" : noticeText(notice, createTexts("sv"))).toContain(words);
    made.answer = () => Promise.resolve({});
    made.actions.sendAgain(HEALTH);
    await settled(made, "health.a", "sent");
    expect(made.sent[1]).toMatchObject({ label: "none", findings: [WRONG_HEALTH] });
  });
});

it("what was said is remembered with the draft, without a word of it", async () => {
  const made = bench();
  made.actions.callWrong(UNION);
  await settled(made, "union.a", "sent");
  const stored = made.outlook.item.sessionData.get("sandkoll.feedback") ?? "";
  expect(stored).not.toContain("Lova");
  expect((await outlookDesk().recall()).feedback).toEqual(made.store.get().feedback);
});

it("a draft without answers has none to remember", async () => {
  installOutlook();
  expect((await outlookDesk().recall()).feedback).toEqual(NO_FEEDBACK);
});
