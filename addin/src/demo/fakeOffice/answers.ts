/** Office.js's way of answering: never at once, always with an AsyncResult. */

import { AsyncResultStatus } from "./enums.ts";

export interface AsyncResult {
  readonly status: "succeeded" | "failed";
  readonly value: unknown;
  readonly error: { readonly code: number; readonly name: string; readonly message: string } | undefined;
  readonly asyncContext: unknown;
}

export type Callback = (result: AsyncResult) => void;

/** A failure that reaches the add-in as `AsyncResult.error`. */
export class OfficeFailure extends Error {
  readonly code: number;

  constructor(code: number, name: string, message: string) {
    super(message);
    this.code = code;
    this.name = name;
  }
}

export const PERMISSION_NEEDED = 7000;
export const INTERNAL_ERROR = 5001;
export const TOO_LARGE = 9006;

/** How long the simulated Outlook takes over a call. Milliseconds; never 0 in effect, since Office never answers at once. */
export type Latency = () => number;

/**
 * Answers an Office call whose last arguments are `[options], [callback]`, in any of Office's forms. `produce` runs when the answer is
 * due, so that it sees the item as it is then; what it throws becomes a failed result.
 */
export function answer(rest: readonly unknown[], latency: Latency, produce: () => unknown): void {
  const callback = rest.find((argument): argument is Callback => typeof argument === "function");
  const options = rest.find((argument) => typeof argument === "object" && argument !== null) as { asyncContext?: unknown } | undefined;
  setTimeout(() => {
    const result = outcome(produce, options?.asyncContext);
    callback?.(result);
  }, latency());
}

function outcome(produce: () => unknown, asyncContext: unknown): AsyncResult {
  try {
    return { status: AsyncResultStatus.Succeeded, value: produce(), error: undefined, asyncContext };
  } catch (error) {
    const failure = error instanceof OfficeFailure ? error : new OfficeFailure(INTERNAL_ERROR, "InternalError", "internal error");
    return {
      status: AsyncResultStatus.Failed,
      value: undefined,
      error: { code: failure.code, name: failure.name, message: failure.message },
      asyncContext,
    };
  }
}
