import { CodedError } from "./errors.ts";

/** Settles like `work`, or rejects with `code` after `ms` milliseconds. The abandoned work may still end later. */
export function withTimeout<T>(work: Promise<T>, ms: number, code: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new CodedError(code, `no answer within ${String(ms)} ms`));
    }, ms);
    const stop = (): void => {
      clearTimeout(timer);
    };
    work.then(
      (value) => {
        stop();
        resolve(value);
      },
      (error: unknown) => {
        stop();
        // Passed on as it came: what an Office call throws need not be an Error of this realm.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        reject(error);
      },
    );
  });
}
