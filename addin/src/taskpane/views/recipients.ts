import { html, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { addressKey } from "../../assessment/obligations.ts";
import type { Recipient } from "../../contract/draft.ts";
import type { Scene } from "./model.ts";

/** Every recipient with a box to tick, and one for all of them. */
export function recipientChoice(scene: Scene): TemplateResult {
  const { state, texts, actions } = scene;
  if (state.recipients.length === 0) {
    return html`<p class="hint">${texts.text("recipients.none")}</p>`;
  }
  const ticked = state.recipients.filter((recipient) => isConfirmed(scene, recipient)).length;
  const all = ticked === state.recipients.length;
  return html`
    <fieldset class="choice" data-choice="recipients">
      <legend>${texts.text("recipients.title")}</legend>
      ${state.recipients.length === 1 ? "" : html`
        <label class="option option-all">
          <input type="checkbox" .checked=${all} .indeterminate=${ticked > 0 && !all}
            @change=${(event: Event) => { actions.confirmAll((event.target as HTMLInputElement).checked); }}>
          <span>${texts.text("recipients.all")}</span>
        </label>`}
      ${repeat(state.recipients, keyOf, (recipient) => row(scene, recipient))}
    </fieldset>`;
}

function row(scene: Scene, recipient: Recipient): TemplateResult {
  const { texts, actions } = scene;
  const name = recipient.name === "" ? recipient.address : recipient.name;
  return html`
    <label class="option">
      <input type="checkbox" .checked=${isConfirmed(scene, recipient)}
        @change=${(event: Event) => { actions.confirm(recipient.address, (event.target as HTMLInputElement).checked); }}>
      <span>
        ${texts.text("recipients.need", { name })}
        ${recipient.name === "" ? "" : html`<span class="address">${recipient.address}</span>`}
      </span>
    </label>`;
}

function keyOf(recipient: Recipient): string {
  return `${recipient.role} ${addressKey(recipient.address)}`;
}

function isConfirmed({ state }: Scene, recipient: Recipient): boolean {
  return state.confirmed.includes(addressKey(recipient.address));
}
