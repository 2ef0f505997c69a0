import { describe, expect, it } from "vitest";
import { isRequestId, readForwardRequest, readForwardStanding, readThreadStanding } from "../../../addin/src/assessment/forwardAnswer.ts";
import { forwardRequest, forwardStanding, requested } from "../factories.ts";

describe("a thread's standing", () => {
  it("is read as it came", () => {
    const standing = forwardStanding({ signals: ["compose_type", "content"], request: forwardRequest() });
    expect(readForwardStanding(JSON.parse(JSON.stringify(standing)))).toEqual(standing);
  });

  it.each([undefined, null, 7, "x", [], {}, { thread_flagged: "yes" }])("is null for %j", (answer) => {
    expect(readThreadStanding(answer)).toBeNull();
    expect(readForwardStanding(answer)).toBeNull();
  });

  it("leaves out what is strange", () => {
    expect(readForwardStanding({ thread_flagged: true, thread_label: "secret", counts: 1, signals: ["content", "magic", 3], request: { id: "r1" } }))
      .toEqual({ thread_flagged: true, thread_label: "none", counts: false, signals: ["content"], request: null });
  });
});

describe("a request", () => {
  it.each([null, [], {}, { id: "r1" }, { id: "r1", status: "done" }, { id: "../policy", status: "pending" }, { id: "", status: "pending" }, { id: 7, status: "pending" }])(
    "is null for %j",
    (answer) => {
      expect(readForwardRequest(answer)).toBeNull();
    },
  );

  it("is never approved by accident", () => {
    const read = readForwardRequest({ id: "r1", status: "pending", recipients: [{ address: "bo@example.se", approved: "true", verdict: "best" }, 3], approved_recipients: [4] });
    expect(read).toMatchObject({ approved_recipients: [], recipients: [requested("bo@example.se", { verdict: "unverifiable" })], answer: "", decided_at: null });
  });
});

it.each([[{ name: "Kerstin", address: "k@example.se" }, "Kerstin"], ["Kerstin", "Kerstin"], [null, ""], [7, ""]])("whoever decided may be %j", (decider, name) => {
  expect(readForwardRequest({ id: "r1", status: "refused", decider })?.decider).toBe(name);
});

it.each([["0a1b-2C_3", true], ["a".repeat(64), true], ["a".repeat(65), false], ["a/b", false], ["", false], [null, false]])("the id %j may stand in an address: %s", (id, may) => {
  expect(isRequestId(id)).toBe(may);
});
