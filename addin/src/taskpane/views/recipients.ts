import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { DirectoryTrouble, ShownRecipient } from "../../assessment/recipientsView.ts";
import { isOfRecipients } from "../../assessment/obligations.ts";
import { concernText, restQuestion, restTitle, troubleText, unitLine } from "../recipientWording.ts";
import { button } from "./button.ts";
import { warningIcon } from "./icons.ts";
import type { Scene } from "./model.ts";
import { concernList, goodToKnow, recipientCard } from "./recipientCard.ts";
import { avatar, badge, fullAddress } from "./recipientName.ts";

const TITLE = "recipients-title";

/** The recipients within the obligation that asks for them. */
export function recipientDialog(scene: Scene): TemplateResult {
  const { view, state, texts } = scene;
  if (state.recipients.length === 0) {
    return html`<p class="hint">${texts.text("recipients.none")}</p>`;
  }
  return html`
    <div class="recipients" data-part="recipients" role="group" aria-labelledby=${TITLE}>
      <h4 id=${TITLE} tabindex="-1">${texts.text(view.recipients.asks === "each" ? "recipients.title.labelled" : "recipients.title")}</h4>
      ${content(scene)}
    </div>`;
}

/** The recipients where no obligation asks for them: a quiet line, or those who need a thought all the same. */
export function recipientSection(scene: Scene): TemplateResult | typeof nothing {
  const { view, texts } = scene;
  const { cards, rest, notes } = view.recipients;
  if (view.obligations.some(isOfRecipients) || cards.length + rest.length + notes.length === 0) {
    return nothing;
  }
  return html`
    <section class="recipients" data-part="recipients" aria-labelledby=${TITLE}>
      <h3 id=${TITLE} tabindex="-1" class=${isQuiet(scene) ? "visually-hidden" : ""}>${texts.text("recipients.title")}</h3>
      ${content(scene)}
    </section>`;
}

/** Nothing is asked and nothing gives cause to think: then there is no more than a folded line. */
function isQuiet({ view }: Scene): boolean {
  const { cards, notes, asksOfRest } = view.recipients;
  return cards.length + notes.length === 0 && !asksOfRest;
}

function content(scene: Scene): TemplateResult {
  const { view, state, texts } = scene;
  const { cards, notes, pending } = view.recipients;
  const shown = cards.slice(0, state.shownRecipients);
  return html`
    ${isQuiet(scene) ? nothing : notToldBar(scene)}
    ${state.fell && !isQuiet(scene) ? html`<p class="hint" data-part="fell">${texts.text("recipients.fell")}</p>` : nothing}
    ${concernList(notes.filter((note) => note.decision !== "allow"), texts)}
    ${notes.filter((note) => note.decision === "allow").map((note) => html`<p class="hint">${concernText(note, texts)}</p>`)}
    ${shown.length === 0 ? nothing : html`
      <ul class="recipient-list" data-focus-list=${TITLE}>
        ${repeat(shown, (one) => one.key, (one, index) => recipientCard(scene, one, index))}
      </ul>`}
    ${moreButton(scene, cards.length - shown.length)}
    ${restPart(scene)}
    ${pending === 0 || view.trouble !== null ? nothing : html`
      <p class="hint">${texts.text(pending === 1 ? "recipients.pending.one" : "recipients.pending.many", { count: pending })}</p>`}`;
}

/** Where asking once more may help. */
const PASSING: readonly DirectoryTrouble[] = ["directory_down", "directory_slow", "directory_busy"];

function notToldBar({ view, texts, actions }: Scene): TemplateResult | typeof nothing {
  const reason = view.recipients.notTold;
  if (reason === null) {
    return nothing;
  }
  const signIn = reason === "sign_in_again";
  return html`
    <div class="bar bar-small" data-not-told=${reason}>
      ${warningIcon}
      <div class="bar-text">
        <p>${troubleText(reason, texts)}</p>
        ${signIn ? button(texts.text("recipients.sign_in"), { action: "sign-in-again", press: actions.signInAgain, appearance: "primary" }) : nothing}
        ${PASSING.includes(reason) ? button(texts.text("recipients.again"), { action: "check-again", press: actions.checkAgain }) : nothing}
      </div>
    </div>`;
}

function moreButton({ texts, actions }: Scene, hidden: number): TemplateResult | typeof nothing {
  if (hidden <= 0) {
    return nothing;
  }
  return html`
    <button type="button" class="link" data-action="more-recipients" @click=${actions.showMoreRecipients}
      >${texts.text("recipients.more", { count: hidden })}</button>`;
}

/** Those who need no thought: folded, with at most one question about them all. */
function restPart(scene: Scene): TemplateResult | typeof nothing {
  const { view, state, texts, actions } = scene;
  const { rest, asks, asksOfRest, restConfirmed } = view.recipients;
  if (rest.length === 0) {
    return nothing;
  }
  const some = rest.some((one) => one.confirmed);
  const shown = rest.slice(0, state.shownRecipients);
  const confirm = (event: Event): void => {
    actions.confirm(rest.map((one) => one.key), (event.target as HTMLInputElement).checked);
  };
  return html`
    <details class="rest">
      <summary>${restTitle(rest, asks !== "none", texts)}</summary>
      ${isQuiet(scene) ? notToldBar(scene) : nothing}
      <ul>${repeat(shown, (one) => one.key, (one, index) => restRow(scene, one, index))}</ul>
      ${moreButton(scene, rest.length - shown.length)}
    </details>
    ${asksOfRest ? html`
      <label class="option">
        <input type="checkbox" data-confirm-rest .checked=${restConfirmed} .indeterminate=${some && !restConfirmed} @change=${confirm}>
        <span>${restQuestion(rest, texts)}</span>
      </label>` : nothing}`;
}

function restRow({ texts }: Scene, one: ShownRecipient, index: number): TemplateResult {
  const unit = unitLine(one.check, texts);
  return html`
    <li class="who" data-recipient=${one.key} data-verdict=${one.check.verdict}>
      ${avatar(one)}
      <div>
        ${one.name === "" ? nothing : html`<p><strong>${one.name}</strong></p>`}
        ${unit === "" ? nothing : html`<p class="hint">${unit}</p>`}
        <p>${fullAddress(one.check)}</p>
        ${badge(one.check, texts, `rest-${String(index)}-verdict`)}
        ${goodToKnow(one.check, texts)}
      </div>
    </li>`;
}
