import { html, nothing, type TemplateResult } from "lit-html";
import { INBOX, type InboxMessage } from "../bodyHtml.ts";
import type { Demo } from "../demo.ts";
import { EXAMPLES, type Example } from "../drafts.ts";
import type { DemoState, SentItem } from "../state.ts";
import { say } from "../texts.ts";

export function navigation(state: DemoState, demo: Demo): TemplateResult {
  return html`
    <nav class="nav" aria-label=${say("nav.label")}>
      <div class="nav-new">
        <button type="button" class="primary" @click=${() => { demo.newDraft("message"); }}>${say("nav.new_mail")}</button>
        <button type="button" @click=${() => { demo.newDraft("appointment"); }}>${say("nav.new_booking")}</button>
      </div>
      <h2>${say("nav.examples")}</h2>
      <ul class="nav-list">${EXAMPLES.map((example) => exampleRow(example, demo))}</ul>
      <h2>${say("nav.inbox")}</h2>
      <ul class="nav-list">${INBOX.map((message) => inboxRow(message, state, demo))}</ul>
      <h2>${say("nav.sent")}</h2>
      ${state.sent.length === 0
        ? html`<p class="nav-empty">${say("nav.sent_none")}</p>`
        : html`<ul class="nav-list">${state.sent.map(sentRow)}</ul>`}
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

function sentRow(item: SentItem): TemplateResult {
  return html`
    <li class="nav-row is-static">
      <span class="nav-row-name">${item.subject}</span>
      <span class="nav-row-note">${item.names}</span>
    </li>`;
}
