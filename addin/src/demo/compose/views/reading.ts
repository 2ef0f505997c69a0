import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { ref } from "lit-html/directives/ref.js";
import { longTime, type InboxMessage } from "../bodyHtml.ts";
import type { Demo } from "../demo.ts";
import type { DemoState } from "../state.ts";
import { say } from "../texts.ts";
import { fillOnce } from "./richText.ts";

export function readingPane(message: InboxMessage, demo: Demo): TemplateResult {
  return html`
    <article class="sheet reading" aria-label=${say("read.label")}>
      <h2>${message.subject}</h2>
      <p>${say("read.from", { name: message.from.name })} <span class="muted">&lt;${message.from.address}&gt;</span></p>
      <p class="muted">${say("read.received", { time: longTime(message.received) })}</p>
      ${keyed(message.id, html`<div class="reading-body" ${ref(fillOnce(message.body))}></div>`)}
      <div class="commands">
        <button type="button" class="primary" @click=${() => { demo.reply(message); }}>${say("read.reply")}</button>
        <button type="button" @click=${() => { demo.forward(message); }}>${say("read.forward")}</button>
      </div>
    </article>`;
}

export function sentScreen(state: DemoState, demo: Demo): TemplateResult {
  const latest = state.sent[0];
  return html`
    <section class="sheet reading" aria-labelledby="sent-title">
      <h2 id="sent-title">${say("sent.title")}</h2>
      ${latest
        ? html`
          <p>${say("sent.text", { subject: latest.message.subject })}</p>
          <p>${say("sent.to", { names: latest.names })}</p>
          ${latest.label === "" ? nothing : html`<p>${say("sent.label", { label: latest.label })}</p>`}
          <p class="muted">${say("sent.note")}</p>`
        : nothing}
      <div class="commands">
        <button type="button" class="primary" @click=${() => { demo.newDraft("message"); }}>${say("nav.new_mail")}</button>
      </div>
    </section>`;
}
