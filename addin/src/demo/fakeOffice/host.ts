/** What one FakeOffice stands in: a client, a process of its own, an item, a signed-in person. */

import type { Mailbox } from "../../contract/draft.ts";
import { OfficeFailure, PERMISSION_NEEDED, type Latency } from "./answers.ts";
import { hasSet, type ClientProfile } from "./profiles.ts";
import type { SimulatedItem } from "./simulatedItem.ts";

export interface FakeHost {
  readonly client: ClientProfile;
  /** `pane`: the task pane. `event`: where handlers of events run, with some calls blocked. */
  readonly process: "pane" | "event";
  readonly item: SimulatedItem | null;
  readonly user: Mailbox;
  readonly latency: Latency;
  readonly permission: "ReadItem" | "ReadWriteItem";
  readonly displayLanguage: string;
  /** The access token; null when nobody is signed in. */
  readonly token: (allowSignInPrompt: boolean) => Promise<string | null>;
  readonly openBrowserWindow: (url: string) => void;
  /** Purview labels that the tenant has; null when labels are not enabled. */
  readonly purviewLabels: readonly { readonly id: string; readonly name: string }[] | null;
}

export function supportsSet(host: FakeHost, version: string): boolean {
  return hasSet(host.client.mailbox, version);
}

/** Throws Office's permission error when the manifest gives read access only. */
export function demandWrite(host: FakeHost): void {
  if (host.permission === "ReadItem") {
    throw new OfficeFailure(PERMISSION_NEEDED, "PermissionError", "Elevated permission is required to call the method.");
  }
}
