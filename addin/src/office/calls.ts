/** Turns Office.js callbacks into promises. Every call has its own time-out: some clients never call back. */

import { CodedError } from "../errors.ts";
import { withTimeout } from "../timing.ts";

/** Reading a draft from a busy Outlook takes tens of milliseconds; a call beyond this is not coming. */
export const CALL_TIMEOUT_MS = 3000;

type Callback<T> = (result: Office.AsyncResult<T>) => void;

/**
 * Runs one asynchronous Office call and gives its value.
 *
 * Rejects with `office_failed` (AsyncResult says so), `office_timeout` (no callback) or `office_threw`. `name` is the API's name
 * and goes into the detail together with Office's own error code and name; Office's message is left out, since it may quote.
 */
export function call<T>(name: string, invoke: (done: Callback<T>) => void, timeoutMs = CALL_TIMEOUT_MS): Promise<T> {
  const work = new Promise<T>((resolve, reject) => {
    const done: Callback<T> = (result) => {
      try {
        if (result.status === Office.AsyncResultStatus.Succeeded) {
          resolve(result.value);
        } else {
          reject(new CodedError("office_failed", `${name} ${describe(result)}`));
        }
      } catch {
        // No result at all, or no Office any more: the window is being closed.
        reject(new CodedError("office_threw", name));
      }
    };
    try {
      invoke(done);
    } catch (error) {
      reject(new CodedError("office_threw", `${name} ${error instanceof Error ? error.name : ""}`));
    }
  });
  return withTimeout(work, timeoutMs, "office_timeout");
}

/** The value of `work`, or `fallback` when it fails: for what a draft can be judged without. */
export async function orElse<T>(work: Promise<T>, fallback: T): Promise<T> {
  try {
    return await work;
  } catch {
    return fallback;
  }
}

function describe<T>(result: Office.AsyncResult<T>): string {
  const error = result.error as Office.Error | null | undefined;
  return error ? `${String(error.code)} ${error.name}` : "";
}
