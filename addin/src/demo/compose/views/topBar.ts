import { html, type TemplateResult } from "lit-html";
import type { ClientId } from "../../fakeOffice/profiles.ts";
import type { Demo } from "../demo.ts";
import type { DemoState, SendMode } from "../state.ts";
import { say, sayIfKnown } from "../texts.ts";

const CLIENTS: readonly ClientId[] = ["web", "classic", "mac"];
const MODES: readonly SendMode[] = ["soft_block", "prompt", "block"];

export function topBar(state: DemoState, demo: Demo): TemplateResult {
  return html`
    <header class="top">
      <div class="brand">
        <h1>${say("app.title")}</h1>
        <p>${say("app.note")}</p>
      </div>
      <div class="who">
        <label for="signed-in">${say("signed_in_as")}</label>
        <select id="signed-in" @change=${(event: Event) => { demo.signIn(valueOf(event)); }}>
          ${state.people.map((person) => html`
            <option value=${person.id} ?selected=${person.id === state.signedIn?.id}>
              ${person.name}, ${person.title ?? sayIfKnown(`role.${person.role}`)}
            </option>`)}
        </select>
        ${settings(state, demo)}
      </div>
    </header>`;
}

function settings(state: DemoState, demo: Demo): TemplateResult {
  return html`
    <details class="settings">
      <summary>${say("settings.title")}</summary>
      <div class="settings-body">
        <label for="client">${say("settings.client")}</label>
        <select id="client" @change=${(event: Event) => { demo.chooseClient(valueOf(event) as ClientId); }}>
          ${CLIENTS.map((client) => html`
            <option value=${client} ?selected=${client === state.client}>${sayIfKnown(`settings.client.${client}`)}</option>`)}
        </select>
        <label for="send-mode">${say("settings.send_mode")}</label>
        <select id="send-mode" @change=${(event: Event) => { demo.chooseSendMode(valueOf(event) as SendMode); }}>
          ${MODES.map((mode) => html`
            <option value=${mode} ?selected=${mode === state.sendMode}>${sayIfKnown(`settings.send_mode.${mode}`)}</option>`)}
        </select>
      </div>
    </details>`;
}

function valueOf(event: Event): string {
  return (event.target as HTMLSelectElement).value;
}
