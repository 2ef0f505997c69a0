/** The part of `fetch` that the client uses, so that it runs in any of Outlook's runtimes and in a test. */

export interface HttpReply {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly headers: Record<string, string>;
  readonly body?: string;
}

export type HttpFetch = (url: string, request: HttpRequest) => Promise<HttpReply>;
