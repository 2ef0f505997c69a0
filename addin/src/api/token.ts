/** Where access tokens come from. Rejects with `signed_out`. */
export interface TokenSource {
  /** `interactive`: the user asked, so a sign-in dialog may open. */
  readonly token: (interactive: boolean) => Promise<string>;
}
