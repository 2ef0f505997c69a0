/** The send handler as it is shipped: bundled with the real build's options, run in a bare `vm` context like classic Outlook's. */

import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import type { FakeOffice } from "../../../addin/src/demo/fakeOffice/office.ts";
import type { HttpReply, HttpRequest } from "../../../addin/src/api/http.ts";

const ADDIN = fileURLToPath(new URL("../../../addin/", import.meta.url));
export const ORIGIN = "https://sandkoll.example.se";

export async function bundleLaunchEvent(): Promise<string> {
  const result = await build({
    absWorkingDir: ADDIN,
    entryPoints: ["src/launchevent/main.ts"],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2016",
    legalComments: "none",
    define: { SANDKOLL_ORIGIN: JSON.stringify(ORIGIN) },
  });
  return result.outputFiles[0]?.text ?? "";
}

export type FetchStub = (url: string, request: HttpRequest) => Promise<HttpReply>;

/** Built-ins newer than ES2016, which old classic runtimes lack. */
const TOO_NEW = `
  delete Object.entries; delete Object.values; delete Object.fromEntries; delete Object.getOwnPropertyDescriptors; delete Object.hasOwn;
  delete Array.prototype.flat; delete Array.prototype.flatMap; delete Array.prototype.at; delete Array.prototype.findLast;
  delete String.prototype.replaceAll; delete String.prototype.padStart; delete String.prototype.padEnd; delete String.prototype.matchAll;
  delete String.prototype.trimStart; delete String.prototype.trimEnd; delete String.prototype.at;
  delete Promise.allSettled; delete Promise.any; delete Promise.withResolvers; delete Promise.prototype.finally;
  delete globalThis.structuredClone; delete globalThis.WeakRef;
`;

/** Runs the bundle with Office, fetch and timers, and nothing else. */
export function runBundle(code: string, outlook: FakeOffice, fetch: FetchStub): void {
  const context = vm.createContext({ Office: outlook.Office, OfficeRuntime: outlook.OfficeRuntime, fetch, setTimeout, clearTimeout, console: {} });
  vm.runInContext(TOO_NEW, context);
  vm.runInContext(code, context);
}
