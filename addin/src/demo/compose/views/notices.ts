import { html, nothing, type TemplateResult } from "lit-html";
import { longTime } from "../bodyHtml.ts";
import type { DemoState, OutgoingNotice } from "../state.ts";
import { say } from "../texts.ts";

/** What the service would have mailed to those who decide. */
export function noticesScreen(state: DemoState): TemplateResult {
  return html`
    <section class="sheet reading" aria-labelledby="notices-title">
      <h2 id="notices-title">${say("notices.title")}</h2>
      <p class="muted">${say("notices.hint")}</p>
      ${state.outgoing === null ? html`<p role="alert">${say("notices.trouble")}</p>` : list(state.outgoing)}
    </section>`;
}

function list(notices: readonly OutgoingNotice[]): TemplateResult {
  return notices.length === 0
    ? html`<p>${say("notices.none")}</p>`
    : html`<ul class="outgoing">${notices.map(row)}</ul>`;
}

function row(notice: OutgoingNotice): TemplateResult {
  const time = Number.isNaN(Date.parse(notice.madeAt)) ? "" : longTime(notice.madeAt);
  return html`
    <li data-notice=${notice.id}>
      <h3>${notice.subject}</h3>
      <p class="muted">${say("notices.to", { to: notice.to })}${time === "" ? nothing : `, ${time}`}</p>
      <p>${notice.text}</p>
      ${notice.link === "" ? nothing : html`
        <a href=${notice.link} target="_blank" rel="noopener">${say("notices.open")}<span class="visually-hidden"> (${say("notices.new_window")})</span></a>`}
    </li>`;
}
