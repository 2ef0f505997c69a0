/** What every runtime of event handlers has, the classic one (no DOM) included. */
declare function fetch(url: string, request?: import("../api/http.ts").HttpRequest): Promise<import("../api/http.ts").HttpReply>;
declare function setTimeout(handler: () => void, ms: number): number;
declare function clearTimeout(timer: number | undefined): void;
/** Missing in old classic runtimes. */
declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array };
