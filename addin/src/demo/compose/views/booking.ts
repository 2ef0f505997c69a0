import { html, type TemplateResult } from "lit-html";
import { hasTeamsLink } from "../bodyHtml.ts";
import type { Demo } from "../demo.ts";
import type { DemoState } from "../state.ts";
import { say } from "../texts.ts";

/** Place, time and the Teams switch of a booking. */
export function bookingFields(state: DemoState, demo: Demo): TemplateResult {
  const { content } = state.item;
  return html`
    <div class="field">
      <label for="location">${say("compose.location")}</label>
      <input id="location" autocomplete="off" .value=${content.location}
        @input=${(event: Event) => { demo.edit({ location: (event.target as HTMLInputElement).value }); }}>
    </div>
    <div class="field field-times">
      <label for="start">${say("compose.start")}</label>
      <input id="start" type="datetime-local" .value=${localTime(content.start)} @change=${(event: Event) => { setTime(event, "start", demo); }}>
      <label for="end">${say("compose.end")}</label>
      <input id="end" type="datetime-local" .value=${localTime(content.end)} @change=${(event: Event) => { setTime(event, "end", demo); }}>
      <label class="switch">
        <input type="checkbox" .checked=${hasTeamsLink(content.bodyHtml)}
          @change=${(event: Event) => { demo.setTeams((event.target as HTMLInputElement).checked); }}>
        ${say("compose.teams")}
      </label>
    </div>`;
}

function setTime(event: Event, field: "start" | "end", demo: Demo): void {
  const time = new Date((event.target as HTMLInputElement).value);
  if (!Number.isNaN(time.getTime())) {
    demo.setTime(field, time);
  }
}

/** The form that `datetime-local` takes: local time to the minute. */
function localTime(time: Date): string {
  const shifted = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
