/**
 * The event handlers, in one file for every runtime. Classic Outlook runs it without a page, so nothing here may touch
 * `document`, storage or `Office.onReady`, and no built-in may be newer than ES2016.
 */

import { createApi, type Api } from "../api/client.ts";
import { createEventTexts } from "../l10n/eventTexts.ts";
import { displayLanguage } from "../office/language.ts";
import { officeTokens } from "../office/identity.ts";
import { COMPOSE_BUDGET_MS, onNewMessageCompose } from "./onCompose.ts";
import { onSend, SEND_BUDGET_MS } from "./onSend.ts";

function apiWithin(timeoutMs: number): Api {
  return createApi({ origin: SANDKOLL_ORIGIN, fetch: (url, request) => fetch(url, request), tokens: officeTokens(), timeoutMs });
}

function handleSend(event: Office.AddinCommands.Event): void {
  void onSend(event, { api: apiWithin(SEND_BUDGET_MS), texts: createEventTexts(displayLanguage()) });
}

function handleCompose(event: Office.AddinCommands.Event): void {
  void onNewMessageCompose(event, { api: apiWithin(COMPOSE_BUDGET_MS), texts: createEventTexts(displayLanguage()) });
}

Office.actions.associate("onMessageSend", handleSend);
Office.actions.associate("onAppointmentSend", handleSend);
Office.actions.associate("onNewMessageCompose", handleCompose);
