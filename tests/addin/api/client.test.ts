import { describe, expect, it } from "vitest";
import { createApi, type Api } from "../../../addin/src/api/client.ts";
import { requestCodeOf } from "../../../addin/src/api/problems.ts";
import type { HttpFetch, HttpReply, HttpRequest } from "../../../addin/src/api/http.ts";
import type { TokenSource } from "../../../addin/src/api/token.ts";
import { CodedError } from "../../../addin/src/errors.ts";
import { assessment, draft, forwardRequest } from "../factories.ts";

interface Asked extends HttpRequest {
  readonly url: string;
}

function reply(status: number, body: unknown = {}, headers: Record<string, string> = {}): HttpReply {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { status, headers: { get: (name) => headers[name] ?? null }, text: () => Promise.resolve(text) };
}

/** A server that gives these answers in turn, and remembers what it was asked. */
function serverWith(...answers: (HttpReply | Error)[]): { fetch: HttpFetch; asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch: HttpFetch = (url, request) => {
    const answer = answers[asked.length];
    asked.push({ url, ...request });
    return answer instanceof Error || answer === undefined ? Promise.reject(answer ?? new Error("no answer")) : Promise.resolve(answer);
  };
  return { fetch, asked };
}

function countingTokens(): TokenSource {
  let count = 0;
  return { token: () => Promise.resolve(`token-${String(count += 1)}`) };
}

function api(fetch: HttpFetch, tokens: TokenSource = countingTokens(), timeoutMs = 1000): Api {
  return createApi({ origin: "https://sandkoll.example.se", fetch, tokens, timeoutMs });
}

describe("forwards", () => {
  it("asks, looks up and takes back at the request's own address", async () => {
    const { fetch, asked } = serverWith(reply(201, forwardRequest()), reply(200, forwardRequest({ status: "approved" })), reply(200, forwardRequest({ status: "withdrawn" })));
    const client = api(fetch);
    await client.askToForward({ draft: draft(), verdict: "v1", recipients: ["bo@example.se"], reason: "same_case", comment: "" });
    expect((await client.forwardRequest("r1")).status).toBe("approved");
    expect((await client.withdrawRequest("r1")).status).toBe("withdrawn");
    expect(asked.map(({ method, url }) => [method, url.replace("https://sandkoll.example.se/api/v1", "")])).toEqual([
      ["POST", "/forward-requests"], ["GET", "/forward-requests/r1"], ["POST", "/forward-requests/r1/withdrawal"],
    ]);
    expect(JSON.parse(asked[0]?.body ?? "{}")).toMatchObject({ reason: "same_case", recipients: ["bo@example.se"], comment: "" });
  });

  it("asks about the thread with the draft in an envelope", async () => {
    const { fetch, asked } = serverWith(reply(200, { thread_flagged: false, thread_label: "none", counts: false, signals: [] }));
    expect((await api(fetch).checkThread(draft())).thread_flagged).toBe(false);
    expect(JSON.parse(asked[0]?.body ?? "{}")).toHaveProperty("draft.subject");
  });

  it.each([[{}], [{ id: "r1", status: "?" }], ["x"]])("an answer of another shape is no answer: %j", async (body) => {
    await expect(api(serverWith(reply(200, body)).fetch).forwardRequest("r1")).rejects.toMatchObject({ code: "server_failed" });
  });

  it.each([[409, "request_decided", "request_decided"], [404, "forward_request_unknown", "forward_request_unknown"], [422, "comment_sensitive", "comment_sensitive"], [422, "another", "draft_refused"], [429, "too_many_requests", "too_many_requests"]])(
    "%i %s is told as %s",
    async (status, code, told) => {
      const error: unknown = await api(serverWith(reply(status, { code })).fetch).withdrawRequest("r1").catch((thrown: unknown) => thrown);
      expect(requestCodeOf(error)).toBe(told);
    },
  );
});

describe("assess", () => {
  it("posts the draft itself with a bearer token", async () => {
    const { fetch, asked } = serverWith(reply(200, assessment({ label: "kanslig" })));
    const answer = await api(fetch).assess(draft({ subject: "Möte" }));
    expect(answer.label).toBe("kanslig");
    expect(asked[0]).toMatchObject({
      url: "https://sandkoll.example.se/api/v1/assessments",
      method: "POST",
      headers: { Authorization: "Bearer token-1", "Content-Type": "application/json" },
    });
    expect(JSON.parse(asked[0]?.body ?? "")).toEqual(draft({ subject: "Möte" }));
  });

  it("tries once more with a fresh token after 401", async () => {
    const { fetch, asked } = serverWith(reply(401), reply(200, assessment()));
    await api(fetch).assess(draft());
    expect(asked.map((one) => one.headers["Authorization"])).toEqual(["Bearer token-1", "Bearer token-2"]);
  });

  it("does not ask a third time", async () => {
    const { fetch, asked } = serverWith(reply(401), reply(401, { code: "token_expired" }));
    await expect(api(fetch).assess(draft())).rejects.toMatchObject({ code: "signed_out", problem: "401 token_expired" });
    expect(asked).toHaveLength(2);
  });
});

const PROBLEMS: readonly [number, string, Record<string, string>, number][] = [
  [403, "not_allowed", {}, 0],
  [413, "draft_too_large", {}, 0],
  [422, "draft_refused", {}, 0],
  [429, "too_many_requests", { "Retry-After": "7" }, 7000],
  [429, "too_many_requests", {}, 5000],
  [429, "too_many_requests", { "Retry-After": "soon" }, 5000],
  [503, "unavailable", { "Retry-After": "99999" }, 120_000],
  [502, "unreachable", {}, 0],
  [500, "server_failed", {}, 0],
  [404, "server_failed", {}, 0],
];

describe("problems", () => {
  it.each(PROBLEMS)("%i becomes %s", async (status, code, headers, retryAfterMs) => {
    const { fetch } = serverWith(reply(status, { code: "their_code", detail: "x" }, headers));
    await expect(api(fetch).assess(draft())).rejects.toMatchObject({ code, retryAfterMs });
  });

  it("an error page that is not JSON is a problem all the same", async () => {
    const { fetch } = serverWith(reply(500, "<html>"));
    await expect(api(fetch).policy()).rejects.toMatchObject({ code: "server_failed" });
  });

  it("a good status with a broken body is a failure", async () => {
    const { fetch } = serverWith(reply(200, "<html>"));
    await expect(api(fetch).policy()).rejects.toMatchObject({ code: "server_failed" });
  });

  it("a broken line is unreachable", async () => {
    const { fetch } = serverWith(new TypeError("Failed to fetch"));
    await expect(api(fetch).policy()).rejects.toMatchObject({ code: "unreachable" });
  });

  it("a server that never answers is unreachable", async () => {
    const never: HttpFetch = () => new Promise(() => undefined);
    await expect(api(never, countingTokens(), 20).policy()).rejects.toMatchObject({ code: "unreachable" });
  });

  it("without a token nothing is sent", async () => {
    const { fetch, asked } = serverWith(reply(200));
    const signedOut: TokenSource = { token: () => Promise.reject(new CodedError("signed_out")) };
    await expect(api(fetch, signedOut).assess(draft())).rejects.toMatchObject({ code: "signed_out" });
    expect(asked).toHaveLength(0);
  });

  it("never puts draft text into an error", async () => {
    const { fetch } = serverWith(reply(422, { code: "unknown_field", detail: "hemlig text" }));
    const failure: unknown = await api(fetch).assess(draft({ body: "hemlig text" })).catch((error: unknown) => error);
    expect(String(failure)).not.toContain("hemlig");
  });
});

it("checkSend posts what the sender has done", async () => {
  const { fetch, asked } = serverWith(reply(200, { send_decision: "allow", message: "", obligations: [], receipt: null }));
  const request = { draft: draft(), verdict: "v1", label: "kanslig" as const, grounds: { personnummer: "consent" }, confirmed_recipients: ["bo@example.se"] };
  await api(fetch).checkSend(request);
  expect(asked[0]?.url).toBe("https://sandkoll.example.se/api/v1/send-checks");
  expect(JSON.parse(asked[0]?.body ?? "")).toEqual(request);
});

describe("a refused token that asks for more", () => {
  const CLAIMS = '{"access_token":{"nbf":{"essential":true}}}';

  /** Remembers how each token was asked for. */
  function tokensWithMemory(): { tokens: TokenSource; asked: unknown[][] } {
    const asked: unknown[][] = [];
    return { asked, tokens: { token: (...how) => { asked.push(how); return Promise.resolve("token"); } } };
  }

  it("is not asked again with the same sign-in; the next interactive one carries what was asked, once", async () => {
    const { fetch, asked } = serverWith(reply(401, { code: "claims_needed", claims: CLAIMS }));
    const memory = tokensWithMemory();
    const client = api(fetch, memory.tokens);
    await expect(client.checkRecipients({ sender: null, recipients: [] })).rejects.toMatchObject({ code: "signed_out", claims: CLAIMS });
    expect(asked.map((one) => one.url)).toEqual(["https://sandkoll.example.se/api/v1/recipient-checks"]);
    await client.signIn();
    await client.signIn();
    expect(memory.asked).toEqual([[false], [true, CLAIMS], [true]]);
  });

  it("keeps what was asked when the sign-in is broken off", async () => {
    const { fetch } = serverWith(reply(401, { claims: CLAIMS }));
    const asked: unknown[][] = [];
    const tokens: TokenSource = {
      token: (...how) => {
        asked.push(how);
        return how[0] && asked.length < 3 ? Promise.reject(new CodedError("signed_out")) : Promise.resolve("token");
      },
    };
    const client = api(fetch, tokens);
    await client.assess(draft()).catch(() => undefined);
    await expect(client.signIn()).rejects.toMatchObject({ code: "signed_out" });
    await client.signIn();
    expect(asked.slice(1)).toEqual([[true, CLAIMS], [true, CLAIMS]]);
  });

  it.each([[401, { claims: 7 }], [403, { claims: CLAIMS }], [401, "<html>"]])("%i with %j asks for nothing", async (status, body) => {
    const { fetch } = serverWith(reply(status, body), reply(status, body));
    await expect(api(fetch).policy()).rejects.toMatchObject({ claims: "" });
  });
});
