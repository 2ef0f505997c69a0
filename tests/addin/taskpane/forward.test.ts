import { describe, expect, it, vi } from "vitest";
import { ApiProblem } from "../../../addin/src/api/problems.ts";
import { EMPTY_FORM } from "../../../addin/src/assessment/forward.ts";
import { paneView } from "../../../addin/src/assessment/view.ts";
import type { ForwardQuestion, ForwardRequest } from "../../../addin/src/contract/forward.ts";
import { CodedError } from "../../../addin/src/errors.ts";
import { createTexts } from "../../../addin/src/l10n/texts.ts";
import { createAnnouncer } from "../../../addin/src/taskpane/announcer.ts";
import { createForwardActions } from "../../../addin/src/taskpane/forwardActions.ts";
import { answerText, approvedPeople, forwardTitle, lawText, namesText, whenText, whyText } from "../../../addin/src/taskpane/forwardWording.ts";
import { createStore } from "../../../addin/src/taskpane/store.ts";
import { assessment, draft, forwardRequest, forwardStanding, obligation, policy, recipient, requested, state } from "../factories.ts";

const texts = createTexts("sv-SE");
const BO = recipient("bo.berg@example.se", { name: "Bo Berg" });
const EVA = recipient("Eva.Ek@example.se", { name: "Eva Ek" });

function bench(answer: () => Promise<ForwardRequest> = () => Promise.resolve(forwardRequest())) {
  const asked: ForwardQuestion[] = [];
  const kept: string[] = [];
  const reassess = vi.fn();
  const store = createStore(() => undefined);
  store.change({ assessment: assessment({ verdict: "v1" }) });
  const actions = createForwardActions({
    api: {
      askToForward: (question) => { asked.push(question); return answer(); },
      withdrawRequest: () => answer(),
    },
    desk: {
      read: () => Promise.resolve(draft({ recipients: [BO, EVA, { ...BO, role: "cc" }] })),
      keepRequest: (id) => { kept.push(id); return Promise.resolve(true); },
    },
    store,
    reassess,
  });
  const settled = async (): Promise<void> => { await vi.waitFor(() => { expect(reassess).toHaveBeenCalled(); }); };
  return { asked, kept, reassess, store, actions, settled };
}

describe("asking", () => {
  it("sends the draft with its verdict, the ground, the comment and those who are asked for", async () => {
    const { actions, asked, kept, store, settled } = bench();
    actions.fillIn({ reason: "same_case", comment: "  Hon tar över.  " });
    actions.askFor("eva.ek@example.se", false);
    actions.askToForward();
    await settled();
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ verdict: "v1", reason: "same_case", comment: "Hon tar över.", recipients: ["bo.berg@example.se"] });
    expect(kept).toEqual(["r1"]);
    expect(store.get()).toMatchObject({ request: { id: "r1" }, form: EMPTY_FORM, requesting: false, notice: { kind: "asked" } });
  });

  it("without a ground asks nobody, and marks what is missing", () => {
    const { actions, asked, store } = bench();
    actions.askToForward();
    expect(asked).toEqual([]);
    expect(store.get().form.tried).toBe(true);
  });

  it("without recipients asks nobody", async () => {
    const { actions, asked, store, settled } = bench();
    actions.fillIn({ reason: "same_case" });
    actions.askFor(BO.address, false);
    actions.askFor(EVA.address, false);
    actions.askToForward();
    await settled();
    expect([asked.length, store.get().request]).toEqual([0, null]);
  });

  it("pressed twice asks once", async () => {
    const { actions, asked, settled } = bench();
    actions.fillIn({ reason: "same_case" });
    actions.askToForward();
    actions.askToForward();
    await settled();
    expect(asked).toHaveLength(1);
  });

  it.each([
    [new ApiProblem("draft_refused", "422 comment_sensitive", 0), "comment_sensitive"],
    [new ApiProblem("too_many_requests", "429 too_many_requests", 5000), "too_many_requests"],
    [new ApiProblem("server_failed", "409 request_decided", 0), "request_decided"],
    [new CodedError("unreachable"), "unreachable"],
  ])("what goes wrong is said, and what was filled in stays: %s", async (error, code) => {
    const { actions, store, settled } = bench(() => Promise.reject(error));
    actions.fillIn({ reason: "same_case", comment: "Snart" });
    actions.askToForward();
    await settled();
    expect(store.get()).toMatchObject({ requestTrouble: code, requesting: false, form: { comment: "Snart" }, notice: { kind: "request_failed" } });
  });
});

it("taking back tells what became of the request, also when it had just been answered", async () => {
  const { actions, store, settled } = bench(() => Promise.resolve(forwardRequest({ status: "approved" })));
  store.change({ request: forwardRequest() });
  actions.withdrawRequest();
  await settled();
  expect(store.get()).toMatchObject({ request: { status: "approved" }, notice: { kind: "approved" } });
});

describe("words", () => {
  const shown = (status: ForwardRequest["status"]) => paneView(state({
    assessment: assessment({ obligations: [obligation("request_forward_approval")] }),
    request: forwardRequest({ status }), assessedDigest: "d1", currentDigest: "d1", recipients: [BO],
  })).forward;

  it.each([["pending", "Väntar på svar"], ["approved", "Godkännandet räcker inte"], ["refused", "Du fick nej"], ["expired", "Tiden gick ut"], ["used", "Godkännandet är använt"], ["withdrawn", "Du tog tillbaka din fråga"]] as const)("%s: %s", (status, title) => {
    const view = shown(status);
    expect(view === null ? "" : forwardTitle(view, texts)).toBe(title);
  });

  it("why it counts, and what the thread is labelled", () => {
    const view = shown("pending");
    const why = (fields: Parameters<typeof forwardStanding>[0]) => {
      const forward = forwardStanding(fields);
      return view === null ? "" : whyText({ ...view, signal: forward.signals[0] ?? null }, forward, policy(), texts);
    };
    expect(why({})).toBe("Du vidarebefordrar ett meddelande. Tråden är märkt Känslig.");
    expect(why({ thread_flagged: false, thread_label: "none", signals: ["content"] })).toBe("Texten kommer från ett märkt meddelande.");
    expect(why({ thread_flagged: false, thread_label: "none", signals: [] })).toBe("");
  });

  it("names, times, laws and answers", () => {
    expect(namesText([BO, EVA, { name: "", address: "x@example.se" }], texts)).toBe("Bo Berg, Eva Ek och x@example.se");
    expect(approvedPeople(forwardRequest({ approved_recipients: ["BO@example.se"], recipients: [requested("bo@example.se", { name: "Bo" })] }))).toEqual([{ address: "BO@example.se", name: "Bo" }]);
    expect(whenText("2026-12-03T10:00:00Z", texts)).toMatch(/^torsdag 3 december/);
    expect(whenText("soon", texts)).toBe("");
    expect(lawText(policy().reasons ?? [], "consent_12_2", texts)).toBe("Enligt OSL 12 kap. 2 §");
    expect(lawText([], "consent_12_2", texts)).toBe("");
    expect(answerText(forwardRequest({ answer: " Bra. ", decider: "Kerstin" }), texts)).toBe("Svar från Kerstin: ”Bra.”");
    expect(answerText(forwardRequest(), texts)).toBe("");
  });
});

it("the outcome is read out once", () => {
  const hear = createAnnouncer(texts);
  const heard = state({ assessment: assessment(), notice: { serial: 1, kind: "approved", trouble: null } });
  expect(hear(heard, paneView(heard))).toBe("Godkänt. Du får skicka.");
  expect(hear(heard, paneView(heard))).toBeNull();
  const failed = { ...heard, notice: { serial: 2, kind: "request_failed", trouble: "no_approver" } as const };
  expect(hear(failed, paneView(failed))).toMatch(/ingen som kan svara/);
});
