/** An error with a stable, lowercase code. `detail` is for developers and never holds draft text. */
export class CodedError extends Error {
  readonly code: string;
  readonly detail: string;

  constructor(code: string, detail = "") {
    super(detail === "" ? code : `${code}: ${detail}`);
    this.name = "CodedError";
    this.code = code;
    this.detail = detail;
  }
}

/** The code of any thrown value; `unexpected` for what is not ours. */
export function codeOf(error: unknown): string {
  return error instanceof CodedError ? error.code : "unexpected";
}
