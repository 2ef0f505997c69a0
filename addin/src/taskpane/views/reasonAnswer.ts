import { html, nothing, type TemplateResult } from "lit-html";
import { labelChoices, type ReasonAnswer } from "../../assessment/feedback.ts";
import { reasonKey } from "../../assessment/reasons.ts";
import type { Reason } from "../../contract/assessment.ts";
import type { LabelId } from "../../contract/draft.ts";
import type { TextKey } from "../../l10n/texts.ts";
import { labelName, placesText, reasonTitle } from "../wording.ts";
import type { Scene } from "./model.ts";

/** "This is wrong" for one reason: a button, a short question where it is needed, thanks, and a way back. */
export function reasonAnswer(scene: Scene, reason: Reason): TemplateResult {
  const answer = scene.state.feedback.answers[reasonKey(reason)];
  return html`
    <div class="answer" tabindex="-1" data-holds-focus data-standing=${answer?.standing ?? "none"}>
      ${answer === undefined ? wrongButton(scene, reason) : answered(scene, reason, answer)}
    </div>`;
}

function answered(scene: Scene, reason: Reason, answer: ReasonAnswer): TemplateResult {
  switch (answer.standing) {
    case "asking":
      return question(scene, reason);
    case "failed":
      return failed(scene, reason, answer);
    case "sent":
      return thanks(scene, reason, answer);
    default:
      return html`<p class="hint">${scene.texts.text(`feedback.${answer.standing}`)}</p>`;
  }
}

function wrongButton(scene: Scene, reason: Reason): TemplateResult {
  return link(scene, reason, "feedback.wrong", "wrong", scene.actions.callWrong);
}

/** Escape takes the question away, as it does with a menu. */
function question(scene: Scene, reason: Reason): TemplateResult {
  const { state, texts, actions } = scene;
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      actions.cancelAnswer(reason);
    }
  };
  const id = `right-label-${reasonKey(reason).replaceAll(/\W+/g, "-")}`;
  return html`
    <div role="group" aria-labelledby=${id} class="question" @keydown=${onKey}>
      <p id=${id}>${texts.text("feedback.question")}</p>
      <div class="choices">
        ${labelChoices(state.assessment?.label ?? "none").map((label) => html`
          <button type="button" class="choice-button" data-right-label=${label}
            @click=${() => { actions.chooseLabel(reason, label); }}>${nameOf(scene, label)}</button>`)}
        ${link(scene, reason, "feedback.cancel", "cancel-answer", actions.cancelAnswer)}
      </div>
    </div>`;
}

function failed(scene: Scene, reason: Reason, answer: ReasonAnswer): TemplateResult {
  const { texts, actions } = scene;
  return html`
    <p class="problem">${texts.trouble("feedback", answer.trouble ?? "")}</p>
    <div class="choices">
      ${link(scene, reason, "feedback.again", "send-again", actions.sendAgain)}
      ${link(scene, reason, "feedback.cancel", "cancel-answer", actions.cancelAnswer)}
    </div>`;
}

function thanks(scene: Scene, reason: Reason, answer: ReasonAnswer): TemplateResult {
  const { texts, actions } = scene;
  return html`
    <p class="thanks"><span>${texts.text("feedback.thanks")}</span> ${link(scene, reason, "feedback.undo", "undo-answer", actions.undoAnswer)}</p>
    ${answer.trouble === null ? nothing : html`<p class="problem">${texts.trouble("feedback", answer.trouble)}</p>`}`;
}

/** The words alone would be the same for every reason: which one is meant is said to those who cannot see it. */
function link({ state, texts }: Scene, reason: Reason, key: TextKey, action: string, press: (reason: Reason) => void): TemplateResult {
  const about = [reasonTitle(reason, state.policy, texts), placesText(reason.places, texts)].filter((part) => part !== "");
  return html`
    <button type="button" class="link" data-action=${action} @click=${() => { press(reason); }}
      >${texts.text(key)}<span class="visually-hidden">: ${about.join(", ")}</span></button>`;
}

function nameOf({ state, texts }: Scene, id: LabelId): string {
  const label = state.policy?.labels.find((one) => one.id === id);
  return label === undefined ? id : labelName(label, texts);
}
