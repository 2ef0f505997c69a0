import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import type { Demo } from "../demo.ts";
import type { DemoState, SmartAlert } from "../state.ts";
import { say } from "../texts.ts";

/** The Smart Alert dialog as Outlook draws it: modal, with the buttons that the send mode gives. */
export function alertDialog(state: DemoState, demo: Demo): TemplateResult | typeof nothing {
  const alert = state.alert;
  if (alert === null) {
    return nothing;
  }
  return html`
    <dialog class="alert" aria-labelledby="alert-title" aria-describedby="alert-text" ${ref(showModal)}
      @cancel=${(event: Event) => { event.preventDefault(); demo.outbox.dismiss(false); }}>
      <h2 id="alert-title">${say("alert.title")}</h2>
      <p id="alert-text">${alert.message}</p>
      <div class="commands">${buttons(alert, demo)}</div>
    </dialog>`;
}

function buttons(alert: SmartAlert, demo: Demo): TemplateResult {
  return html`
    ${alert.actionLabel === null ? nothing : html`
      <button type="button" class="primary" data-alert="action" @click=${() => { demo.outbox.dismiss(true); }}>${alert.actionLabel}</button>`}
    ${alert.canSendAnyway ? html`
      <button type="button" data-alert="send-anyway" @click=${() => { demo.outbox.sendAnyway(); }}>${say("alert.send_anyway")}</button>` : nothing}
    <button type="button" data-alert="dont-send" @click=${() => { demo.outbox.dismiss(alert.dismissOpensPane); }}>${alert.dismissLabel}</button>`;
}

/** `ref` calls before the element stands in the page, where a dialog cannot be shown yet. */
function showModal(element: Element | undefined): void {
  queueMicrotask(() => {
    if (element instanceof HTMLDialogElement && element.isConnected && !element.open) {
      element.showModal();
    }
  });
}
