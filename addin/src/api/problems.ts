/** HTTP answers that are not good news, as coded errors. */

import { codeOf, CodedError } from "../errors.ts";
import type { HttpReply } from "./http.ts";

const CODE_BY_STATUS: Readonly<Record<number, string>> = {
  400: "draft_refused",
  401: "signed_out",
  403: "not_allowed",
  408: "unreachable",
  413: "draft_too_large",
  415: "draft_refused",
  422: "draft_refused",
  429: "too_many_requests",
  502: "unreachable",
  503: "unavailable",
  504: "unreachable",
};

/** How long to hold off when the server does not say. Milliseconds. */
const DEFAULT_RETRY_MS = 5000;
const LONGEST_RETRY_MS = 120_000;

/** An error answer. `problem` is the server's own stable code (problem+json), for support. */
export class ApiProblem extends CodedError {
  readonly problem: string;
  readonly retryAfterMs: number;
  /** What the sign-in must be renewed with (JSON, to be handed on as it is); empty when nothing was asked. */
  readonly claims: string;

  constructor(code: string, problem: string, retryAfterMs: number, claims = "") {
    super(code, problem);
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
    this.claims = claims;
  }
}

/** What a server says of a forward request, where its own code tells more than the status. */
const TELLING: readonly string[] = [
  "no_approver", "comment_sensitive", "own_request", "request_decided", "request_expired", "request_withdrawn", "forward_request_unknown",
  "too_many_requests_open", "recipients_missing",
];

/** The code of any failed call about a forward request. */
export function requestCodeOf(error: unknown): string {
  const own = error instanceof ApiProblem ? error.problem.split(" ")[1] : undefined;
  return own !== undefined && TELLING.includes(own) ? own : codeOf(error);
}

/** `body` is the answer's text; only its `code` and, from a refused token, its `claims` are read. */
export function problemOf(reply: HttpReply, body: string): ApiProblem {
  const code = CODE_BY_STATUS[reply.status] ?? "server_failed";
  const waits = reply.status === 429 || reply.status === 503;
  const claims = reply.status === 401 ? fieldOf(body, "claims") : "";
  return new ApiProblem(code, `${String(reply.status)} ${fieldOf(body, "code")}`.trim(), waits ? retryAfter(reply) : 0, claims);
}

function fieldOf(body: string, name: "code" | "claims"): string {
  try {
    const value = (JSON.parse(body) as Partial<Record<string, unknown>> | null)?.[name];
    return typeof value === "string" ? value : "";
  } catch {
    return "";
  }
}

function retryAfter(reply: HttpReply): number {
  const header = reply.headers.get("Retry-After");
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, LONGEST_RETRY_MS) : DEFAULT_RETRY_MS;
}
