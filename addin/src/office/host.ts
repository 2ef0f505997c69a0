/** Start-up and links of a page in Outlook. */

import { withTimeout } from "../timing.ts";

const READY_TIMEOUT_MS = 20_000;

/** Resolves when Office is ready; rejects where there is no Outlook. Not for the event runtime: classic Outlook never calls back there. */
export async function officeReady(): Promise<void> {
  await withTimeout(Office.onReady(), READY_TIMEOUT_MS, "office_missing");
}

/** Opens an address outside the pane: in the browser where Office can, else in a new window. */
export function openExternal(url: string): void {
  const ui = Office.context.ui as Partial<Office.UI> | undefined;
  if (Office.context.requirements.isSetSupported("OpenBrowserWindowApi", "1.1") && ui?.openBrowserWindow) {
    ui.openBrowserWindow(url);
  } else {
    window.open(url, "_blank", "noopener");
  }
}
