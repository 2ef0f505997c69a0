import { html, nothing, type TemplateResult } from "lit-html";
import { LONGEST_COMMENT, type ForwardView } from "../../assessment/forward.ts";
import { addressKey } from "../../assessment/recipientSet.ts";
import type { Recipient } from "../../contract/draft.ts";
import { lawText, shownName } from "../forwardWording.ts";
import { groundText } from "../wording.ts";
import { button } from "./button.ts";
import type { Scene } from "./model.ts";

/** The question to the approver: on what ground, to whom, and room for a comment. */
export function requestForm(scene: Scene, forward: ForwardView): TemplateResult {
  const { texts, actions, state } = scene;
  const label = state.requesting ? "forward.asking" : forward.phase === "ask" ? "forward.ask" : "forward.ask.again";
  return html`
    <div class="request-form">
      ${reasonChoice(scene)}
      ${whom(scene, forward)}
      ${commentField(scene)}
      ${button(texts.text(label), { action: "ask-approval", press: actions.askToForward, appearance: "primary" })}
    </div>`;
}

function reasonChoice({ state, texts, actions }: Scene): TemplateResult {
  const reasons = state.policy?.reasons ?? [];
  const { reason, tried } = state.form;
  const law = lawText(reasons, reason, texts);
  const isMissing = tried && reason === "";
  return html`
    <div class="ground">
      <label for="forward-reason">${texts.text("forward.reason")}</label>
      <select id="forward-reason" data-request="reason" aria-describedby="forward-law" aria-invalid=${isMissing ? "true" : "false"}
        @change=${(event: Event) => { actions.fillIn({ reason: (event.target as HTMLSelectElement).value }); }}>
        <option value="" ?selected=${reason === ""}>${texts.text("forward.reason.choose")}</option>
        ${reasons.map((one) => html`<option value=${one.code} ?selected=${one.code === reason}>${groundText(one, texts)}</option>`)}
      </select>
      <p id="forward-law" class=${isMissing ? "problem" : "hint"} role="status">${isMissing ? texts.text("forward.reason.missing") : law}</p>
    </div>`;
}

function whom(scene: Scene, forward: ForwardView): TemplateResult {
  const { texts, state } = scene;
  if (forward.recipients.length === 0) {
    return html`<p class=${state.form.tried ? "problem" : "hint"}>${texts.text("forward.whom.none")}</p>`;
  }
  return html`
    <fieldset class="choice">
      <legend>${texts.text("forward.whom")}</legend>
      ${forward.recipients.map((recipient) => recipientBox(scene, recipient))}
      ${state.form.tried && forward.chosen.length === 0 ? html`<p class="problem">${texts.text("forward.whom.missing")}</p>` : nothing}
    </fieldset>`;
}

function recipientBox({ state, actions }: Scene, recipient: Recipient): TemplateResult {
  const name = shownName(recipient);
  return html`
    <label class="option">
      <input type="checkbox" data-ask-for=${addressKey(recipient.address)} .checked=${!state.form.without.includes(addressKey(recipient.address))}
        @change=${(event: Event) => { actions.askFor(recipient.address, (event.target as HTMLInputElement).checked); }}>
      <span>${name}${name === recipient.address ? nothing : html` <span class="address" translate="no">${recipient.address}</span>`}</span>
    </label>`;
}

function commentField({ state, texts, actions }: Scene): TemplateResult {
  return html`
    <div class="ground">
      <label for="forward-comment">${texts.text("forward.comment")}</label>
      <textarea id="forward-comment" data-request="comment" rows="2" maxlength=${LONGEST_COMMENT} aria-describedby="forward-comment-hint"
        .value=${state.form.comment}
        @input=${(event: Event) => { actions.fillIn({ comment: (event.target as HTMLTextAreaElement).value }); }}></textarea>
      <p id="forward-comment-hint" class="hint">${texts.text("forward.comment.hint", { count: LONGEST_COMMENT })}</p>
    </div>`;
}
