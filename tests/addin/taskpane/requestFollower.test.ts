import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiProblem } from "../../../addin/src/api/problems.ts";
import type { ForwardRequest } from "../../../addin/src/contract/forward.ts";
import { CodedError } from "../../../addin/src/errors.ts";
import { RequestFollower } from "../../../addin/src/taskpane/requestFollower.ts";
import { createStore, type Store } from "../../../addin/src/taskpane/store.ts";
import { forwardRequest, requested } from "../factories.ts";

interface Bench {
  readonly store: Store;
  readonly follower: RequestFollower;
  readonly kept: string[];
  asked: number;
  judged: number;
  hidden: boolean;
  answer: () => Promise<ForwardRequest>;
}

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const APPROVED = forwardRequest({ status: "approved", approved_recipients: ["bo.berg@example.se"], recipients: [requested("bo.berg@example.se", { approved: true })] });

function bench(): Bench {
  const made = { asked: 0, judged: 0, hidden: false, kept: [] as string[], answer: () => Promise.resolve(forwardRequest()) } as unknown as Bench & { store: Store; follower: RequestFollower };
  Object.assign(made, { store: createStore(() => { (made.follower as RequestFollower | undefined)?.consider(); }) });
  Object.assign(made, {
    follower: new RequestFollower({
      api: { forwardRequest: () => { made.asked += 1; return made.answer(); } },
      store: made.store,
      isHidden: () => made.hidden,
      keepRequest: (id) => { made.kept.push(id); return Promise.resolve(true); },
      reassess: () => { made.judged += 1; },
    }),
  });
  return made;
}

const pass = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * 1000);

describe("a request that waits", () => {
  it("is asked about every five seconds, after a minute every fifteen", async () => {
    const made = bench();
    made.store.change({ request: forwardRequest() });
    await pass(4.9);
    expect(made.asked).toBe(0);
    await pass(55.2);
    expect(made.asked).toBe(12);
    await pass(60);
    expect(made.asked).toBe(16);
  });

  it("is told of once, and the draft judged anew once", async () => {
    const made = bench();
    made.store.change({ request: forwardRequest() });
    made.answer = () => Promise.resolve(APPROVED);
    await pass(60);
    expect(made.store.get()).toMatchObject({ request: { status: "approved" }, notice: { kind: "approved", serial: 1 } });
    expect([made.asked, made.judged]).toEqual([1, 1]);
  });

  it("is left alone while the pane is hidden, and asked about when it is seen again", async () => {
    const made = bench();
    made.store.change({ request: forwardRequest() });
    made.hidden = true;
    await pass(60);
    expect(made.asked).toBe(0);
    made.hidden = false;
    made.follower.nudge();
    await pass(0.1);
    expect(made.asked).toBe(1);
  });

  it("survives errors: tells after two, and forgets about them after an answer", async () => {
    const made = bench();
    made.store.change({ request: forwardRequest() });
    made.answer = () => Promise.reject(new CodedError("unreachable"));
    await pass(5);
    expect(made.store.get()).toMatchObject({ requestUnheard: false, request: { status: "pending" } });
    await pass(60);
    expect(made.store.get().requestUnheard).toBe(true);
    made.answer = () => Promise.resolve(forwardRequest({ status: "refused" }));
    await pass(15);
    expect(made.store.get()).toMatchObject({ requestUnheard: false, request: { status: "refused" }, notice: { kind: "refused" } });
  });

  it("that the server does not know any more is forgotten", async () => {
    const made = bench();
    made.store.change({ request: forwardRequest() });
    made.answer = () => Promise.reject(new ApiProblem("server_failed", "404 forward_request_unknown", 0));
    await pass(30);
    expect(made.store.get().request).toBeNull();
    expect([made.asked, made.kept]).toEqual([1, [""]]);
  });

  it("is replaced by a new one, which is followed from then on", async () => {
    const made = bench();
    made.store.change({ request: forwardRequest() });
    await pass(5);
    made.store.change({ request: forwardRequest({ id: "r2" }) });
    made.answer = () => Promise.resolve(forwardRequest({ id: "r2", status: "expired" }));
    await pass(5);
    expect(made.store.get().request).toMatchObject({ id: "r2", status: "expired" });
    await pass(60);
    expect(made.asked).toBe(2);
  });
});

describe("a request that the draft has kept", () => {
  it("is looked up at once, without news of what was known before", async () => {
    const made = bench();
    made.answer = () => Promise.resolve(APPROVED);
    made.follower.start("r1");
    await pass(0.1);
    expect(made.store.get()).toMatchObject({ request: { id: "r1", status: "approved" }, notice: null });
    await pass(60);
    expect(made.asked).toBe(1);
  });

  it("is looked up until there is an answer", async () => {
    const made = bench();
    made.answer = () => Promise.reject(new CodedError("unreachable"));
    made.follower.start("r1");
    await pass(20);
    expect(made.asked).toBe(2);
    made.answer = () => Promise.resolve(forwardRequest());
    await pass(15);
    expect(made.store.get().request?.status).toBe("pending");
  });
});
