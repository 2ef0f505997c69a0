/** The signed-in user's access token, through Office's single sign-on. Nested app authentication can take its place later. */

import type { TokenSource } from "../api/token.ts";
import { CodedError } from "../errors.ts";
import { withTimeout } from "../timing.ts";

const SILENT_TIMEOUT_MS = 3000;
/** A person may be reading a sign-in dialog. */
const PROMPT_TIMEOUT_MS = 120_000;

/** `interactive` may open a sign-in dialog: in the pane only, at the user's request. Rejects with `signed_out`. */
export function officeTokens(): TokenSource {
  return {
    token: async (interactive: boolean, claims?: string): Promise<string> => {
      try {
        // `Office.auth` is blocked in event handlers; this one is not.
        // eslint-disable-next-line @typescript-eslint/no-deprecated
        const asked = OfficeRuntime.auth.getAccessToken(authOptions(interactive, claims));
        return await withTimeout(asked, interactive ? PROMPT_TIMEOUT_MS : SILENT_TIMEOUT_MS, "signed_out");
      } catch (error) {
        throw error instanceof CodedError ? error : new CodedError("signed_out", officeCode(error));
      }
    },
  };
}

/** `claims` are what the directory asks of the sign-in (Conditional Access), handed on as they came. */
function authOptions(interactive: boolean, claims: string | undefined): Office.AuthOptions {
  const options: Office.AuthOptions = { allowSignInPrompt: interactive, allowConsentPrompt: interactive };
  if (claims !== undefined) {
    options.authChallenge = claims;
  }
  return options;
}

/** Office's numbered sign-in errors (13001 …) are worth keeping for support; their messages are not. */
function officeCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "number" ? String(code) : "";
}
