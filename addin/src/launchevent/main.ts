/**
 * The event handlers, in one file for every runtime. Classic Outlook runs it without a page, so nothing here may touch
 * `document`, storage or `Office.onReady`, and no built-in may be newer than ES2016.
 */

import { createApi } from "../api/client.ts";
import { createTexts } from "../l10n/texts.ts";
import { displayLanguage } from "../office/language.ts";
import { officeTokens } from "../office/identity.ts";
import { onNewMessageCompose } from "./onCompose.ts";
import { onSend, SEND_BUDGET_MS } from "./onSend.ts";

function handleSend(event: Office.AddinCommands.Event): void {
  const texts = createTexts(displayLanguage());
  const api = createApi({
    origin: SANDKOLL_ORIGIN,
    fetch: (url, request) => fetch(url, request),
    tokens: officeTokens(),
    timeoutMs: SEND_BUDGET_MS,
  });
  void onSend(event, { api, texts });
}

function handleCompose(event: Office.AddinCommands.Event): void {
  void onNewMessageCompose(event);
}

Office.actions.associate("onMessageSend", handleSend);
Office.actions.associate("onAppointmentSend", handleSend);
Office.actions.associate("onNewMessageCompose", handleCompose);
