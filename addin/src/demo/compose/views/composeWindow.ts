import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { ref } from "lit-html/directives/ref.js";
import type { Demo } from "../demo.ts";
import { shownLabel } from "../outbox.ts";
import type { DemoState } from "../state.ts";
import { say, sayIfKnown } from "../texts.ts";
import { attachmentList, attachButton } from "./attachments.ts";
import { bookingFields } from "./booking.ts";
import { notificationBars } from "./notificationBars.ts";
import { recipientField } from "./recipientField.ts";
import { fillOnce, format, type Format } from "./richText.ts";

export function composeWindow(state: DemoState, demo: Demo): TemplateResult {
  const { content } = state.item;
  const isBooking = content.kind === "appointment";
  const title = sayIfKnown(isBooking ? "compose.title.appointment" : `compose.title.${content.composeType}`);
  return html`
    <form class="sheet compose" aria-label=${say("compose.label")} @submit=${(event: Event) => { event.preventDefault(); demo.outbox.send(); }}>
      <h2 class="visually-hidden">${title}</h2>
      ${commandBar(state, demo)}
      ${notificationBars(state, demo)}
      <div class="fields">
        ${isBooking
          ? [recipientField(state, demo, "required"), recipientField(state, demo, "optional")]
          : [recipientField(state, demo, "to"), recipientField(state, demo, "cc"), recipientField(state, demo, "bcc")]}
        <div class="field">
          <label for="subject">${say(isBooking ? "compose.subject_booking" : "compose.subject")}</label>
          <input id="subject" autocomplete="off" .value=${content.subject}
            @input=${(event: Event) => { demo.edit({ subject: (event.target as HTMLInputElement).value }); }}>
        </div>
        ${isBooking ? bookingFields(state, demo) : nothing}
        ${attachmentList(state, demo)}
      </div>
      ${toolbar()}
      ${keyed(`${String(state.draftNumber)} ${String(state.bodyNumber)}`, editor(state, demo))}
    </form>`;
}

function commandBar(state: DemoState, demo: Demo): TemplateResult {
  const label = shownLabel(state.item);
  return html`
    <div class="command-bar">
      <button type="submit" class="primary" data-action="send" ?disabled=${state.sending}>${say("compose.send")}</button>
      ${attachButton(demo)}
      <p class="label-mark ${label === "" ? "" : "is-set"}" data-label=${label}>
        ${label === "" ? say("compose.label_none") : say("compose.label_set", { label })}
      </p>
      <button type="button" class="pane-toggle" aria-expanded=${state.paneOpen ? "true" : "false"}
        @click=${() => { demo.showPane(!state.paneOpen); }}>
        ${say(state.paneOpen ? "compose.pane_close" : "compose.pane_open")}
      </button>
      <p class="working" role="status">${state.sending ? say("alert.working") : ""}</p>
    </div>`;
}

const TOOLS: readonly { readonly command: Format; readonly name: "compose.bold" | "compose.italic" | "compose.underline" | "compose.list"; readonly sign: TemplateResult }[] = [
  { command: "bold", name: "compose.bold", sign: html`<b>F</b>` },
  { command: "italic", name: "compose.italic", sign: html`<i>K</i>` },
  { command: "underline", name: "compose.underline", sign: html`<u>U</u>` },
  { command: "insertUnorderedList", name: "compose.list", sign: html`•≡` },
];

function toolbar(): TemplateResult {
  return html`
    <div class="toolbar" role="group" aria-label=${say("compose.toolbar")}>
      ${TOOLS.map(({ command, name, sign }) => html`
        <button type="button" class="icon-button" aria-label=${say(name)} title=${say(name)}
          @mousedown=${(event: Event) => { event.preventDefault(); }} @click=${() => { format(command); }}>
          <span aria-hidden="true">${sign}</span>
        </button>`)}
    </div>`;
}

/** The editor belongs to the person typing: it is filled once per draft and only read after that. */
function editor(state: DemoState, demo: Demo): TemplateResult {
  return html`
    <div id="body" class="editor" contenteditable="true" role="textbox" aria-multiline="true" tabindex="0" aria-label=${say("compose.body")}
      ${ref(fillOnce(state.item.content.bodyHtml))}
      @input=${(event: Event) => { demo.edit({ bodyHtml: (event.currentTarget as HTMLElement).innerHTML }); }}></div>`;
}
