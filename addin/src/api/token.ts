/** Where access tokens come from. Rejects with `signed_out`. */
export interface TokenSource {
  /** `interactive`: the user asked, so a sign-in dialog may open. `claims`: what the server asked of the sign-in, as it came. */
  readonly token: (interactive: boolean, claims?: string) => Promise<string>;
}
