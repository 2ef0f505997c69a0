import { describe, expect, it } from "vitest";
import { EMPTY_FORM, forwardView, latestRequest, requestNews, type ForwardState } from "../../../addin/src/assessment/forward.ts";
import { withAssessment } from "../../../addin/src/assessment/state.ts";
import { paneView } from "../../../addin/src/assessment/view.ts";
import type { RequestStatus } from "../../../addin/src/contract/forward.ts";
import { assessment, draft, forwardRequest, forwardStanding, obligation, recipient, requested, state } from "../factories.ts";

const BO = recipient("bo.berg@example.se", { name: "Bo Berg" });
const EVA = recipient("eva.ek@example.se", { name: "Eva Ek" });

function viewOf(fields: Partial<ForwardState>, met = false) {
  const standing: ForwardState = {
    forward: forwardStanding(), request: null, recipients: [BO], form: EMPTY_FORM, assessedDigest: "d1", ...fields,
  };
  return forwardView(standing, obligation("request_forward_approval", { met }));
}

describe("where a forward stands", () => {
  it("is nothing where no approval is needed", () => {
    expect(paneView(state({ assessment: assessment() })).forward).toBeNull();
  });

  it.each<[RequestStatus | null, boolean, string, boolean]>([
    [null, false, "ask", true],
    ["pending", false, "waiting", false],
    ["refused", false, "refused", false],
    ["expired", false, "over", true],
    ["withdrawn", false, "over", true],
    ["used", false, "over", true],
    ["approved", false, "outside", false],
    ["approved", true, "approved", false],
  ])("a request that is %s, met %s: %s", (status, met, phase, asksAgain) => {
    const request = status === null ? null : forwardRequest({ status });
    expect(viewOf({ request }, met)).toMatchObject({ phase, asksAgain });
  });

  it("is approved while a fresh answer has not been judged yet", () => {
    expect(viewOf({ request: forwardRequest({ status: "approved" }), assessedDigest: null })?.phase).toBe("approved");
  });

  it("opens the form again on demand, after a no and for what an approval leaves out", () => {
    const form = { ...EMPTY_FORM, isOpen: true };
    expect(viewOf({ request: forwardRequest({ status: "refused" }), form })?.asksAgain).toBe(true);
    expect(viewOf({ request: forwardRequest({ status: "approved" }), form })?.asksAgain).toBe(true);
    expect(viewOf({ request: forwardRequest(), form })?.asksAgain).toBe(false);
  });

  it("tells the most telling signal", () => {
    const forward = forwardStanding({ signals: ["subject_prefix", "compose_type", "attached_item"] });
    expect(viewOf({ forward })?.signal).toBe("attached_item");
    expect(viewOf({ forward: null })?.signal).toBeNull();
  });

  it("names those who were added while the answer is waited for, and nobody who is asked about", () => {
    const request = forwardRequest({ recipients: [requested(BO.address)] });
    expect(viewOf({ request })?.uncovered).toEqual([]);
    expect(viewOf({ request, recipients: [BO, EVA] })?.uncovered).toEqual([{ recipient: EVA, denied: false }]);
  });

  it("lists each recipient once, and asks for all but those that are left out", () => {
    const recipients = [BO, { ...BO, address: "BO.BERG@example.se", role: "cc" as const }, EVA];
    const view = viewOf({ recipients, form: { ...EMPTY_FORM, without: ["eva.ek@example.se"] } });
    expect(view?.recipients).toHaveLength(2);
    expect(view?.chosen).toEqual([BO]);
  });
});

describe("what an approval leaves out", () => {
  const approved = forwardRequest({
    status: "approved", approved_recipients: ["Bo.Berg@example.se"], recipients: [requested("bo.berg@example.se", { approved: true }), requested(EVA.address)],
  });

  it("somebody who was asked for and not approved", () => {
    expect(viewOf({ request: approved, recipients: [BO, EVA] })?.uncovered).toEqual([{ recipient: EVA, denied: true }]);
  });

  it("somebody who was added afterwards", () => {
    const mia = recipient("mia@example.se");
    expect(viewOf({ request: approved, recipients: [BO, mia] })?.uncovered).toEqual([{ recipient: mia, denied: false }]);
  });

  it("nobody: then it is the text that is another", () => {
    expect(viewOf({ request: approved })).toMatchObject({ phase: "outside", uncovered: [] });
  });
});

describe("what is known of a request", () => {
  it.each<[RequestStatus, RequestStatus, RequestStatus]>([
    ["pending", "approved", "approved"],
    ["approved", "pending", "approved"],
    ["refused", "pending", "refused"],
    ["approved", "used", "used"],
    ["used", "approved", "used"],
  ])("%s, then told %s: %s", (known, told, stands) => {
    expect(latestRequest(forwardRequest({ status: known }), forwardRequest({ status: told }))?.status).toBe(stands);
  });

  it("the newer of two stands, and the known one where nothing is told", () => {
    const old = forwardRequest({ id: "r0", asked_at: "2026-11-30T10:00:00Z" });
    const recent = forwardRequest();
    expect([latestRequest(old, recent), latestRequest(recent, old), latestRequest(recent, null), latestRequest(null, old)]).toEqual([recent, recent, recent, old]);
  });

  it("an approval that the server calls enough stands, though a later question waits", () => {
    const older = forwardRequest({ id: "r0", status: "approved", asked_at: "2026-11-30T10:00:00Z" });
    const answer = assessment({
      obligations: [obligation("request_forward_approval", { met: true })], forward: forwardStanding({ request: older }),
    });
    expect(withAssessment(state({ request: forwardRequest() }), answer, draft(), "d1").request?.id).toBe("r0");
    const unmet = { ...answer, obligations: [obligation("request_forward_approval")] };
    expect(withAssessment(state({ request: forwardRequest() }), unmet, draft(), "d1").request?.id).toBe("r1");
  });
});

describe("news", () => {
  const all = forwardRequest({ status: "approved", recipients: [requested("bo@example.se", { approved: true })] });
  it.each([
    ["an approval", forwardRequest(), all, "approved"],
    ["an approval for some", forwardRequest(), { ...all, recipients: [...all.recipients, requested("eva@example.se")] }, "partly"],
    ["a no", forwardRequest(), forwardRequest({ status: "refused" }), "refused"],
    ["nothing new", forwardRequest(), forwardRequest(), null],
    ["the same again", all, all, null],
    ["what was known before the pane opened", null, all, null],
    ["another request", forwardRequest({ id: "r0" }), all, null],
  ] as const)("%s", (_name, before, now, news) => {
    expect(requestNews(before, now)).toBe(news);
  });
});

describe("the pane's count", () => {
  it("a forward that waits is left, an approved one is not", () => {
    const asked = (met: boolean) => paneView(state({
      assessment: assessment({ label: "kanslig", obligations: [obligation("request_forward_approval", { met })] }), label: "kanslig",
    }));
    expect(asked(false)).toMatchObject({ left: 1, decision: "block", phase: "suggestion" });
    expect(asked(true)).toMatchObject({ left: 0, phase: "done" });
  });
});
