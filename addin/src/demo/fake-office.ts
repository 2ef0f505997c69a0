/** Stands in for Microsoft's office.js in the demo's frames: same globals, another Outlook behind them. */

import type { OutlookWindow } from "./compose/outlook.ts";
import { createFakeOffice } from "./fakeOffice/office.ts";

const outlook = (window.parent as unknown as OutlookWindow).simulatedOutlook;
if (outlook) {
  const process = location.pathname.endsWith("/runtime.html") ? "event" : "pane";
  const fake = createFakeOffice(outlook.hostFor(process));
  Object.assign(window, { Office: fake.Office, OfficeRuntime: fake.OfficeRuntime });
  // Handlers are associated by the script that follows this one.
  window.addEventListener("load", () => {
    outlook.connected(process, fake);
  });
}
