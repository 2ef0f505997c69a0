import { html, nothing, type TemplateResult } from "lit-html";
import type { Notification } from "../../fakeOffice/simulatedItem.ts";
import type { Demo } from "../demo.ts";
import type { DemoState } from "../state.ts";
import { say } from "../texts.ts";

/** The bars that an add-in shows above the draft, as Outlook draws them. */
export function notificationBars(state: DemoState, demo: Demo): TemplateResult {
  return html`<div role="status">${[...state.item.notifications].map(([key, bar]) => row(key, bar, demo))}</div>`;
}

function row(key: string, bar: Notification, demo: Demo): TemplateResult {
  return html`
    <div class="info-bar" role="group" aria-label=${say("bar.label")} data-notification=${key}>
      <p>${bar.message}</p>
      ${bar.actionText === null ? nothing : html`
        <button type="button" data-bar="action" @click=${() => { demo.showPane(true); }}>${bar.actionText}</button>`}
      <button type="button" class="icon-button" data-bar="dismiss" aria-label=${say("bar.dismiss")} @click=${() => { demo.dismissNotification(key); }}>
        <span aria-hidden="true">×</span>
      </button>
    </div>`;
}
