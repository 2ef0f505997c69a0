import { describe, expect, it } from "vitest";
import { mayAsk, pauseBeforeLook, type AskState } from "../../../addin/src/assessment/pace.ts";

describe("pauseBeforeLook", () => {
  it.each([
    [10, false, 400],
    [80, false, 400],
    [200, false, 1000],
    [10, true, 5000],
    [5000, false, 10_000],
  ])("after a look of %i ms (hidden: %s) it is %i ms", (lastRead, hidden, expected) => {
    expect(pauseBeforeLook(lastRead, hidden)).toBe(expected);
  });
});

const IDLE: AskState = { now: 10_000, askedAt: null, inFlight: false, lastLatency: 20, size: 500, failures: 0, retryAfter: 0 };

const CASES: readonly [string, Partial<AskState>, boolean][] = [
  ["the first question goes at once", {}, true],
  ["never two at a time", { inFlight: true }, false],
  ["not twice in 300 ms", { askedAt: 9700 }, false],
  ["again after half a second", { askedAt: 9500 }, true],
  ["a slow server is asked less often", { askedAt: 9500, lastLatency: 800 }, false],
  ["large files are sent less often", { askedAt: 8000, size: 4_000_000 }, false],
  ["backs off after a failure", { askedAt: 8500, failures: 1 }, false],
  ["tries again after the pause", { askedAt: 7900, failures: 1 }, true],
  ["backs off further after more failures", { askedAt: 5000, failures: 3 }, false],
  ["waits as long as the server asks", { askedAt: 5000, failures: 1, retryAfter: 8000 }, false],
  ["never waits more than half a minute of its own accord", { now: 40_000, askedAt: 9000, failures: 20 }, true],
];

describe("mayAsk", () => {
  it.each(CASES)("%s", (_name, fields, expected) => {
    expect(mayAsk({ ...IDLE, ...fields })).toBe(expected);
  });
});
