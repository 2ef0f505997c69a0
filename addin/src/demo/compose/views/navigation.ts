import { html, nothing, type TemplateResult } from "lit-html";
import { INBOX, type InboxMessage } from "../bodyHtml.ts";
import type { Demo } from "../demo.ts";
import { EXAMPLES, type Example } from "../drafts.ts";
import { receivedBy, sentBy } from "../mailbox.ts";
import type { DemoState, SentItem } from "../state.ts";
import { say } from "../texts.ts";

export function navigation(state: DemoState, demo: Demo): TemplateResult {
  const sent = sentBy(state);
  return html`
    <nav class="nav" aria-label=${say("nav.label")}>
      <div class="nav-new">
        <button type="button" class="primary" @click=${() => { demo.newDraft("message"); }}>${say("nav.new_mail")}</button>
        <button type="button" @click=${() => { demo.newDraft("appointment"); }}>${say("nav.new_booking")}</button>
      </div>
      <h2>${say("nav.examples")}</h2>
      <ul class="nav-list">${EXAMPLES.map((example) => exampleRow(example, demo))}</ul>
      <h2>${say("nav.inbox")}</h2>
      <ul class="nav-list">${[...receivedBy(state), ...INBOX].map((message) => inboxRow(message, state, demo))}</ul>
      <h2>${say("nav.sent")}</h2>
      ${sent.length === 0
        ? html`<p class="nav-empty">${say("nav.sent_none")}</p>`
        : html`<ul class="nav-list">${sent.map((item) => sentRow(item, state, demo))}</ul>`}
      <h2>${say("nav.notices")}</h2>
      <button type="button" class="nav-row" data-action="notices" aria-current=${state.screen === "notices" ? "true" : nothing}
        @click=${() => void demo.showNotices()}>
        <span class="nav-row-name">${say("nav.notices.open")}</span>
        <span class="nav-row-note">${say("nav.notices.hint")}</span>
      </button>
    </nav>`;
}

function exampleRow(example: Example, demo: Demo): TemplateResult {
  return html`
    <li>
      <button type="button" class="nav-row" data-example=${example.id} @click=${() => { demo.openExample(example); }}>
        <span class="nav-row-name">${example.name}</span>
        <span class="nav-row-note">${example.hint}</span>
      </button>
    </li>`;
}

function inboxRow(message: InboxMessage, state: DemoState, demo: Demo): TemplateResult {
  return html`
    <li>
      <button type="button" class="nav-row" data-message=${message.id} aria-current=${state.reading?.id === message.id ? "true" : nothing}
        @click=${() => { demo.read(message); }}>
        <span class="nav-row-name">${message.from.name}</span>
        <span class="nav-row-note">${message.subject}</span>
      </button>
    </li>`;
}

function sentRow({ message, names }: SentItem, state: DemoState, demo: Demo): TemplateResult {
  return html`
    <li>
      <button type="button" class="nav-row" data-sent=${message.id} aria-current=${state.reading?.id === message.id ? "true" : nothing}
        @click=${() => { demo.read(message); }}>
        <span class="nav-row-name">${message.subject}</span>
        <span class="nav-row-note">${names}</span>
      </button>
    </li>`;
}
