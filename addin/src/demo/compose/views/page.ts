import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import type { Demo } from "../demo.ts";
import type { DemoState } from "../state.ts";
import { say } from "../texts.ts";
import { alertDialog } from "./alert.ts";
import { composeWindow } from "./composeWindow.ts";
import { navigation } from "./navigation.ts";
import { noticesScreen } from "./notices.ts";
import { readingPane, sentScreen } from "./reading.ts";
import { topBar } from "./topBar.ts";

/** The whole demo page. */
export function page(state: DemoState, demo: Demo): TemplateResult {
  const composing = state.screen === "compose";
  return html`
    <a class="skip" href="#draft">${say("app.skip")}</a>
    ${topBar(state, demo)}
    <div class="layout ${composing && state.paneOpen ? "has-pane" : ""}">
      ${navigation(state, demo)}
      <main id="draft" tabindex="-1">
        <p class="notice" role="status">${state.notice}</p>
        ${screen(state, demo)}
      </main>
      ${composing ? panes(state, demo) : nothing}
    </div>
    ${alertDialog(state, demo)}`;
}

function screen(state: DemoState, demo: Demo): TemplateResult {
  if (state.screen === "read" && state.reading !== null) {
    return readingPane(state.reading, demo);
  }
  if (state.screen === "notices") {
    return noticesScreen(state);
  }
  return state.screen === "sent" ? sentScreen(state, demo) : composeWindow(state, demo);
}

/** The pane and the event runtime: made anew for each draft, as Outlook does. */
function panes(state: DemoState, demo: Demo): TemplateResult {
  return html`${keyed(state.draftNumber, html`
    <aside class="pane" aria-label=${say("pane.title")} ?hidden=${!state.paneOpen}>
      <div class="pane-head">
        <h2>${say("pane.title")}</h2>
        <button type="button" class="icon-button" aria-label=${say("pane.close")} @click=${() => { demo.showPane(false); }}>
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 3l10 10M13 3L3 13" stroke="currentColor" stroke-width="1.5"></path></svg>
        </button>
      </div>
      <iframe class="pane-frame" title=${say("pane.title")} src="/demo/taskpane.html"></iframe>
    </aside>
    <iframe class="runtime" title="runtime" aria-hidden="true" tabindex="-1" src="/demo/runtime.html"></iframe>`)}`;
}
