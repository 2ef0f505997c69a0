import { html, nothing, type TemplateResult } from "lit-html";
import { byWeight, type ShownRecipient } from "../../assessment/recipientsView.ts";
import type { MeantPerson, RecipientCheck, RecipientConcern, RecipientVerdict } from "../../contract/recipients.ts";
import type { Texts } from "../../l10n/texts.ts";
import { adviceText, calledName, concernText, meantLine, membersText, tipTexts, unitLine, whereLine } from "../recipientWording.ts";
import { button } from "./button.ts";
import { infoIcon, stopIcon, warningIcon } from "./icons.ts";
import type { Scene } from "./model.ts";
import { avatar, badge, fullAddress, resemblance } from "./recipientName.ts";

/** One who needs a thought: who it is, why it is asked, and what can be done about it. */
export function recipientCard(scene: Scene, one: ShownRecipient, index: number): TemplateResult {
  const { texts } = scene;
  const { check } = one;
  const id = `recipient-${String(index)}`;
  return html`
    <li class="recipient ${one.held ? "is-held" : ""} ${one.confirmed && !one.held ? "is-confirmed" : ""}" data-recipient=${one.key} data-verdict=${check.verdict}>
      <div role="group" aria-labelledby="${id}-name ${id}-verdict" tabindex="-1">
        <div class="who">
          ${avatar(one)}
          <div>
            <p class="name" id="${id}-name">${one.name === "" ? fullAddress(check) : one.name}</p>
            ${line(unitLine(check, texts))}
            ${isNamesake(check) ? line(whereLine(check.person, texts)) : nothing}
            ${one.name === "" ? nothing : html`<p>${fullAddress(check)}</p>`}
          </div>
        </div>
        ${badge(check, texts, `${id}-verdict`)}
        ${resemblance(check, texts)}
        ${why(scene, check)}
        ${meantPart(scene, one, id)}
        ${one.held ? heldPart(scene, one) : confirmBox(scene, one)}
        ${removeButton(scene, one)}
      </div>
    </li>`;
}

function line(text: string): TemplateResult | typeof nothing {
  return text === "" ? nothing : html`<p class="hint">${text}</p>`;
}

function isNamesake({ concerns }: RecipientCheck): boolean {
  return concerns.some(({ code }) => code === "namesake" || code === "rarer_namesake");
}

/** The advice and what gives cause to think, then what is merely good to know. */
function why({ texts, view }: Scene, check: RecipientCheck): TemplateResult {
  const weighty = byWeight(check.concerns).filter((concern) => concern.decision !== "allow");
  const advice = adviceText(check, view.recipients.notTold, texts);
  return html`
    ${advice === "" ? nothing : html`<p>${advice}</p>`}
    ${concernList(weighty, texts)}
    ${goodToKnow(check, texts)}`;
}

/** How many a group reaches, what happens to mail there, and concerns that stop nothing. */
export function goodToKnow(check: RecipientCheck, texts: Texts): TemplateResult[] {
  const quiet = check.concerns.filter((concern) => concern.decision === "allow").map((concern) => concernText(concern, texts));
  const facts = [membersText(check, texts), ...quiet, ...tipTexts(check, texts)].filter((text) => text !== "");
  return facts.map((text) => html`<p class="hint with-icon">${infoIcon}<span>${text}</span></p>`);
}

/** Concerns that weigh, each with a sign. */
export function concernList(concerns: readonly RecipientConcern[], texts: Texts): TemplateResult[] {
  return concerns.map((concern) => html`
    <p class="concern with-icon" data-concern=${concern.code}
      >${concern.decision === "block" ? stopIcon : warningIcon}<span>${concernText(concern, texts)}</span></p>`);
}

function meantPart(scene: Scene, one: ShownRecipient, id: string): TemplateResult | typeof nothing {
  const { meant } = one.check;
  if (meant.length === 0) {
    return nothing;
  }
  return html`
    <div class="meant" role="group" aria-labelledby="${id}-meant">
      <p id="${id}-meant">${scene.texts.text("recipients.meant")}</p>
      <ul>${meant.map((person) => html`<li>${swapButton(scene, one, person)}</li>`)}</ul>
    </div>`;
}

function swapButton({ texts, actions }: Scene, one: ShownRecipient, person: MeantPerson): TemplateResult {
  const about = meantLine(person);
  return html`
    <button type="button" class="proposal" data-action="swap-recipient" data-to=${person.address}
      @click=${() => { actions.swapRecipient(one.check.address, person); }}>
      <strong>${texts.text("recipients.meant.swap", { name: person.name || person.address })}</strong>
      ${about === "" ? nothing : html`<span class="hint">${about}</span>`}
      <span class="address" translate="no">${person.address}</span>
    </button>`;
}

function confirmBox({ texts, actions, view }: Scene, one: ShownRecipient): TemplateResult {
  const key = view.recipients.asks === "each" ? "recipients.confirm.labelled" : "recipients.confirm";
  return html`
    <label class="option">
      <input type="checkbox" data-confirm=${one.key} .checked=${one.confirmed}
        @change=${(event: Event) => { actions.confirm([one.key], (event.target as HTMLInputElement).checked); }}>
      <span>${texts.text(key, { name: calledName(one) })}</span>
    </label>`;
}

/** Addresses where no channel helps: nobody sits behind them, or somebody else does. */
const NOBODY_THERE: readonly RecipientVerdict[] = ["lookalike", "unknown", "disabled"];

function heldPart({ texts, actions, view }: Scene, one: ShownRecipient): TemplateResult {
  // Where the channel is asked for anyway, its button stands above.
  const isOffered = view.obligations.some(({ code }) => code === "use_secure_channel" || code === "use_secure_meeting");
  const channel = isOffered || NOBODY_THERE.includes(one.check.verdict) ? null : view.channel;
  return html`
    <p class="concern with-icon">${stopIcon}<span>${texts.text("recipients.held", { name: calledName(one) })}</span></p>
    ${channel === null ? nothing : button(html`
      ${texts.text("channel.open", { channel: channel.name })}
      <span class="visually-hidden"> (${texts.text("channel.new_window")})</span>`,
    { action: "open-channel", press: () => { actions.openChannel(channel.url); }, isSmall: true })}`;
}

/** The words alone would be the same on every card: who is meant is said to those who cannot see it. */
function removeButton({ texts, actions }: Scene, one: ShownRecipient): TemplateResult {
  const name = calledName(one);
  return html`
    <button type="button" class="link" data-action="remove-recipient" @click=${() => { actions.removeRecipient(one.check.address, name); }}
      >${texts.text("recipients.remove")}<span class="visually-hidden"> ${texts.text("recipients.remove.whom", { name })}</span></button>`;
}
