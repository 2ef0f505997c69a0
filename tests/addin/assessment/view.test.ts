import { describe, expect, it } from "vitest";
import { announce } from "../../../addin/src/assessment/announcement.ts";
import { NO_CONFIRMATIONS, withConfirmed } from "../../../addin/src/assessment/recipientSet.ts";
import { isUpdating, withAssessment, withDraft, withTrouble, type PaneState } from "../../../addin/src/assessment/state.ts";
import { paneView } from "../../../addin/src/assessment/view.ts";
import { assessment, draft, obligation, reason, recipient, state } from "../factories.ts";

const SENSITIVE = assessment({ label: "kanslig", categories: ["health"], obligations: [obligation("set_label")], send_decision: "block" });

const PHASES: readonly [string, Partial<PaneState>, string][] = [
  ["no answer yet", {}, "checking"],
  ["trouble before the first answer", { trouble: "unreachable" }, "stopped"],
  ["nothing found", { assessment: assessment() }, "clear"],
  ["trouble keeps the last answer", { assessment: assessment(), trouble: "unreachable" }, "clear"],
  ["a label is suggested", { assessment: SENSITIVE }, "suggestion"],
  ["the label is set", { assessment: SENSITIVE, label: "kanslig" }, "done"],
  ["no label, but a ground", { assessment: assessment({ categories: ["personnummer"], obligations: [obligation("state_ground", { decision: "prompt", ground: "personnummer" })] }) }, "advice"],
  ["only advice is left", { assessment: assessment({ label: "kanslig", obligations: [obligation("use_secure_channel", { decision: "prompt" })] }), label: "kanslig" }, "done"],
];

describe("paneView", () => {
  it.each(PHASES)("%s", (_name, fields, phase) => {
    expect(paneView(state(fields)).phase).toBe(phase);
  });

  it("says nothing reassuring of a draft that could not be read", () => {
    const unread = { assessedDigest: "d1", currentDigest: "d2", trouble: "unreachable" };
    expect(paneView(state({ assessment: assessment(), ...unread })).phase).toBe("stopped");
    expect(paneView(state({ assessment: SENSITIVE, ...unread }))).toMatchObject({ phase: "suggestion", stale: true, updating: false });
  });

  it("offers to set the suggested label, not one that is set or covered", () => {
    expect(paneView(state({ assessment: SENSITIVE })).toSet?.id).toBe("kanslig");
    expect(paneView(state({ assessment: SENSITIVE, label: "mycket_kanslig" })).toSet).toBeNull();
  });

  it("shows three reasons first, the rest on demand", () => {
    const reasons = ["a", "b", "c", "d", "e"].map((rule) => reason(rule));
    const first = paneView(state({ assessment: assessment({ reasons }) }));
    expect([first.reasons, first.hiddenReasons]).toEqual([reasons.slice(0, 3), 2]);
    const all = paneView(state({ assessment: assessment({ reasons }), showAllReasons: true }));
    expect([all.reasons.length, all.hiddenReasons]).toEqual([5, 0]);
  });

  it("names the channel of the label for a mail, the meeting service for a booking", () => {
    expect(paneView(state({ assessment: SENSITIVE })).channel?.id).toBe("sefos");
    expect(paneView(state({ assessment: SENSITIVE, kind: "appointment" })).channel?.id).toBe("secure_meeting");
  });

  it("still says which label when the policy does not know it", () => {
    expect(paneView({ ...state({ assessment: SENSITIVE }), policy: null }).suggested?.name).toBe("kanslig");
  });
});

describe("state", () => {
  it("an answer about an older draft is shown as being updated", () => {
    const read = withDraft(state(), draft(), "d2");
    const answered = withAssessment(read, SENSITIVE, draft(), "d1");
    expect(isUpdating(answered)).toBe(true);
    expect(isUpdating(withAssessment(answered, SENSITIVE, draft(), "d2"))).toBe(false);
  });

  it("an answer ends trouble; a read draft ends Outlook's trouble only", () => {
    expect(withAssessment(withTrouble(state(), "unreachable"), SENSITIVE, draft(), "d1").trouble).toBeNull();
    expect(withDraft(withTrouble(state(), "unreachable"), draft(), "d1").trouble).toBe("unreachable");
    expect(withDraft(withTrouble(state(), "office_timeout"), draft(), "d1").trouble).toBeNull();
  });

  it("confirmations lapse when the recipients become others, not when they only change places", () => {
    const both = [recipient("bo@example.se"), recipient("eva@example.se")];
    const before = state({ confirmed: withConfirmed(NO_CONFIRMATIONS, both, ["bo@example.se"], true) });
    const moved = [recipient("Eva@Example.se", { role: "cc" }), recipient("bo@example.se", { role: "bcc" })];
    expect(withDraft(before, draft({ recipients: moved }), "d1").confirmed).toBe(before.confirmed);
    for (const others of [[both[0]], [...both, recipient("ny@example.se")], [both[0], recipient("eva@annan.example")]]) {
      const recipients = others.filter((one) => one !== undefined);
      expect(withDraft(before, draft({ recipients }), "d1").confirmed).toEqual(NO_CONFIRMATIONS);
    }
  });
});

describe("announce", () => {
  const clear = paneView(state({ assessment: assessment() }));
  const suggestion = paneView(state({ assessment: SENSITIVE }));
  const updating = paneView(state({ assessment: SENSITIVE, assessedDigest: "d1", currentDigest: "d2" }));

  it("says nothing of a calm start", () => {
    expect(announce(null, clear).text).toBeNull();
    expect(announce(announce(null, paneView(state())), clear).text).toBeNull();
  });

  it("speaks when a label is suggested, and once only", () => {
    const said = announce(announce(null, clear), suggestion);
    expect(said.text).toBe("announce.label");
    expect(announce(said, suggestion)).toBe(said);
    expect(announce(said, updating)).toBe(said);
  });

  it("speaks of trouble, of the end of it and of a draft that has become harmless", () => {
    const trouble = announce(announce(null, suggestion), paneView(state({ assessment: SENSITIVE, trouble: "unreachable" })));
    expect(trouble.text).toBe("announce.trouble");
    expect(announce(trouble, suggestion).text).toBe("announce.label");
    expect(announce(announce(null, suggestion), clear).text).toBe("announce.clear");
  });
});
