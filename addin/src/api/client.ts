/** The client of `/api/v1`. It keeps no draft text and writes no log. */

import type { Assessment, Grounds, SendCheck } from "../contract/assessment.ts";
import type { Draft, LabelId } from "../contract/draft.ts";
import type { FeedbackRequest } from "../contract/feedback.ts";
import type { ForwardQuestion, ForwardRequest, ThreadStanding } from "../contract/forward.ts";
import type { Policy } from "../contract/policy.ts";
import type { RecipientCheckRequest } from "../contract/recipients.ts";
import { readForwardRequest, readThreadStanding } from "../assessment/forwardAnswer.ts";
import { CodedError } from "../errors.ts";
import { withTimeout } from "../timing.ts";
import type { HttpFetch, HttpReply, HttpRequest } from "./http.ts";
import { ApiProblem, problemOf } from "./problems.ts";
import type { TokenSource } from "./token.ts";

export interface SendCheckRequest {
  readonly draft: Draft;
  readonly verdict?: string;
  readonly label?: LabelId;
  readonly grounds: Grounds;
  readonly confirmed_recipients: readonly string[];
  /** The forward request that the sender relies on. */
  readonly approval_id?: string;
}

export interface Api {
  readonly assess: (draft: Draft) => Promise<Assessment>;
  readonly checkSend: (request: SendCheckRequest) => Promise<SendCheck>;
  readonly policy: () => Promise<Policy>;
  readonly sendFeedback: (request: FeedbackRequest) => Promise<unknown>;
  /** Asks for the recipients alone. Where the sign-in must be renewed for the directory, this is the call that says so. */
  readonly checkRecipients: (request: RecipientCheckRequest) => Promise<unknown>;
  /** What is known of the draft's thread. Cheap: nothing is classified. */
  readonly checkThread: (draft: Draft) => Promise<ThreadStanding>;
  readonly askToForward: (question: ForwardQuestion) => Promise<ForwardRequest>;
  readonly forwardRequest: (id: string) => Promise<ForwardRequest>;
  readonly withdrawRequest: (id: string) => Promise<ForwardRequest>;
  /** Signs in at the user's request, with whatever the server last asked of the sign-in. Rejects with `signed_out`. */
  readonly signIn: () => Promise<void>;
}

export interface ApiSettings {
  /** Scheme and host without a final slash; empty for the page's own. The classic runtime needs it in full. */
  readonly origin: string;
  readonly fetch: HttpFetch;
  readonly tokens: TokenSource;
  /** For one exchange, the retry after a refused token not counted. Milliseconds. */
  readonly timeoutMs: number;
}

/** Every call rejects with a CodedError: `signed_out`, `unreachable`, `draft_too_large`, `too_many_requests`, … */
export function createApi(settings: ApiSettings): Api {
  let claims = "";
  const keeping = <T>(work: Promise<T>): Promise<T> => work.catch((error: unknown) => {
    claims = error instanceof ApiProblem && error.claims !== "" ? error.claims : claims;
    throw error;
  });
  const post = <T>(path: string, body: unknown): Promise<T> => keeping(exchange<T>(settings, "POST", path, JSON.stringify(body)));
  return {
    assess: (draft) => post<Assessment>("/assessments", draft),
    checkSend: (request) => post<SendCheck>("/send-checks", request),
    policy: () => keeping(exchange<Policy>(settings, "GET", "/policy")),
    sendFeedback: (request) => post<unknown>("/feedback", request),
    checkRecipients: (request) => post<unknown>("/recipient-checks", request),
    checkThread: (draft) => post<unknown>("/thread-checks", { draft }).then((answer) => understood(readThreadStanding(answer))),
    askToForward: (question) => post<unknown>("/forward-requests", question).then((answer) => understood(readForwardRequest(answer))),
    forwardRequest: (id) => keeping(exchange<unknown>(settings, "GET", `/forward-requests/${id}`))
      .then((answer) => understood(readForwardRequest(answer))),
    withdrawRequest: (id) => post<unknown>(`/forward-requests/${id}/withdrawal`, {})
      .then((answer) => understood(readForwardRequest(answer))),
    signIn: async () => {
      await (claims === "" ? settings.tokens.token(true) : settings.tokens.token(true, claims));
      claims = "";
    },
  };
}

function understood<T>(answer: T | null): T {
  if (answer === null) {
    throw new CodedError("server_failed", "answer of another shape");
  }
  return answer;
}

async function exchange<T>(settings: ApiSettings, method: HttpRequest["method"], path: string, body?: string): Promise<T> {
  let reply = await send(settings, method, path, body);
  let text = await reading(settings, reply);
  if (reply.status === 401 && problemOf(reply, text).claims === "") {
    // The token may have run out a moment ago: once more with a fresh one. Where more is asked of the sign-in, that would not help.
    reply = await send(settings, method, path, body);
    text = await reading(settings, reply);
  }
  if (reply.status < 200 || reply.status > 299) {
    throw problemOf(reply, text);
  }
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new CodedError("server_failed", "answer is not JSON");
  }
}

async function send(settings: ApiSettings, method: HttpRequest["method"], path: string, body?: string): Promise<HttpReply> {
  const token = await settings.tokens.token(false);
  const headers: Record<string, string> = { Accept: "application/json", Authorization: `Bearer ${token}` };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  const request: HttpRequest = body === undefined ? { method, headers } : { method, headers, body };
  return reached(settings, settings.fetch(`${settings.origin}/api/v1${path}`, request));
}

function reading(settings: ApiSettings, reply: HttpReply): Promise<string> {
  return reached(settings, reply.text());
}

async function reached<T>(settings: ApiSettings, work: Promise<T>): Promise<T> {
  try {
    return await withTimeout(work, settings.timeoutMs, "unreachable");
  } catch (error) {
    throw error instanceof CodedError ? error : new CodedError("unreachable");
  }
}
