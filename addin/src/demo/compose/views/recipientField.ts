/** A recipient field as Outlook has it: chosen people as chips, and a box that suggests from the address book. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { RecipientRole } from "../../../contract/draft.ts";
import type { SimulatedRecipient } from "../../fakeOffice/simulatedItem.ts";
import type { Demo } from "../demo.ts";
import { entryNote, suggest, type Entry } from "../directory.ts";
import type { DemoState } from "../state.ts";
import { say, type DemoKey } from "../texts.ts";

interface Field {
  readonly role: RecipientRole;
  readonly typed: string;
  readonly active: number;
  readonly suggestions: readonly Entry[];
  readonly chosen: readonly SimulatedRecipient[];
  readonly demo: Demo;
}

export function recipientField(state: DemoState, demo: Demo, role: RecipientRole): TemplateResult {
  const mine = state.typed?.role === role ? state.typed : null;
  const field: Field = {
    role,
    typed: mine?.text ?? "",
    active: mine?.active ?? -1,
    suggestions: mine === null ? [] : suggest(state.book, mine.text),
    chosen: state.item.content.recipients[role],
    demo,
  };
  return html`
    <div class="field field-people" data-field=${role}>
      <label for="people-${role}">${say(`compose.${role}`)}</label>
      <div class="people">
        ${field.chosen.map((person, index) => chip(field, person, index))}
        ${box(field)}
        ${list(field)}
      </div>
    </div>`;
}

function chip(field: Field, person: SimulatedRecipient, index: number): TemplateResult {
  const name = person.name || person.address;
  const unresolved = person.address === "";
  return html`
    <span class="chip ${unresolved ? "is-unresolved" : ""}" title=${unresolved ? say("compose.unresolved", { name }) : person.address}>
      <span>${name}</span>
      ${unresolved ? html`<span class="visually-hidden">${say("compose.unresolved", { name })}</span>` : nothing}
      <button type="button" aria-label=${say("compose.remove", { name })} @click=${() => { field.demo.removeRecipient(field.role, index); }}>×</button>
    </span>`;
}

function box(field: Field): TemplateResult {
  const { role, demo, active } = field;
  const isOpen = field.suggestions.length > 0;
  return html`
    <input id="people-${role}" class="people-box" type="text" role="combobox" autocomplete="off" spellcheck="false"
      aria-autocomplete="list" aria-expanded=${isOpen ? "true" : "false"} aria-controls="list-${role}"
      aria-activedescendant=${isOpen && active >= 0 ? `option-${role}-${String(active)}` : nothing}
      .value=${field.typed}
      @input=${(event: Event) => { demo.type(role, (event.target as HTMLInputElement).value); }}
      @keydown=${(event: KeyboardEvent) => { onKey(event, field); }}
      @blur=${() => { demo.addRecipient(role, field.typed); }}>`;
}

function list(field: Field): TemplateResult {
  const { role, demo, suggestions, active } = field;
  return html`
    <ul id="list-${role}" class="suggestions" role="listbox" aria-label=${say("compose.suggestions" satisfies DemoKey)} ?hidden=${suggestions.length === 0}>
      ${suggestions.map((entry, index) => html`
        <li id="option-${role}-${String(index)}" role="option" aria-selected=${index === active ? "true" : "false"}
          @mousedown=${(event: Event) => { event.preventDefault(); demo.addRecipient(role, entry.address); }}>
          <span>${entry.name}</span> ${note(entry)}
          <span class="muted">${entry.address}</span>
        </li>`)}
    </ul>`;
}

/** What tells two of the same name apart. */
function note(entry: Entry): TemplateResult | typeof nothing {
  const text = entryNote(entry);
  return text === "" ? nothing : html`<span class="entry-note">${text}</span>`;
}

function onKey(event: KeyboardEvent, field: Field): void {
  const act = KEYS[event.key];
  if (act?.(field) === true) {
    event.preventDefault();
  }
}

/** What each key does in the box; true when that replaces the browser's own. */
const KEYS: Readonly<Record<string, (field: Field) => boolean>> = {
  ArrowDown: (field) => mark(field, 1),
  ArrowUp: (field) => mark(field, -1),
  // Even in an empty box, Enter must not send the mail.
  Enter: take,
  ";": take,
  ",": take,
  Escape: ({ demo, role }) => {
    demo.type(role, "");
    return false;
  },
  Backspace: ({ demo, role, typed, chosen }) => {
    if (typed === "" && chosen.length > 0) {
      demo.removeRecipient(role, chosen.length - 1);
    }
    return false;
  },
};

function mark({ demo, role, typed, active, suggestions }: Field, step: number): boolean {
  if (suggestions.length === 0) {
    return false;
  }
  const from = active < 0 && step < 0 ? 0 : active;
  demo.type(role, typed, (from + step + suggestions.length) % suggestions.length);
  return true;
}

function take({ demo, role, typed, active, suggestions }: Field): boolean {
  if (typed !== "") {
    demo.addRecipient(role, suggestions[active]?.address ?? typed);
  }
  return true;
}
