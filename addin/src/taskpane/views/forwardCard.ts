import { html, nothing, type TemplateResult } from "lit-html";
import type { ForwardView, Uncovered } from "../../assessment/forward.ts";
import type { ForwardRequest } from "../../contract/forward.ts";
import { answerText, approvedPeople, forwardTitle, namesText, shownName, whenText, whyText } from "../forwardWording.ts";
import { button } from "./button.ts";
import { requestForm } from "./forwardForm.ts";
import { checkIcon, infoIcon, stopIcon, todoIcon, warningIcon } from "./icons.ts";
import type { Scene } from "./model.ts";

const TITLE = "forward-title";
const ICONS = { ask: infoIcon, waiting: todoIcon, approved: checkIcon, outside: warningIcon, refused: stopIcon, over: infoIcon } as const;

/** Asking for an approval, and where the request stands. */
export function forwardCard(scene: Scene): TemplateResult | typeof nothing {
  const { view, state, texts } = scene;
  const { forward } = view;
  if (forward === null || (forward.phase === "approved" && forward.request === null)) {
    return nothing;
  }
  const why = whyText(forward, state.forward, state.policy, texts);
  const isDone = forward.phase === "approved";
  return html`
    <div class="forward" data-part="forward" data-forward=${forward.phase} data-holds-focus role="group" aria-labelledby=${TITLE} tabindex="-1">
      ${why === "" || isDone ? nothing : html`<p>${why}</p>`}
      ${forward.phase === "ask" ? html`<h4 id=${TITLE} class="visually-hidden">${forwardTitle(forward, texts)}</h4>` : html`
        <h4 id=${TITLE} class="forward-title">${ICONS[forward.phase]}<span>${forwardTitle(forward, texts)}</span></h4>`}
      ${standing(scene, forward)}
      ${state.requestTrouble === null ? nothing : html`<p class="problem">${texts.trouble("request", state.requestTrouble)}</p>`}
      ${forward.asksAgain ? requestForm(scene, forward) : nothing}
    </div>`;
}

function standing(scene: Scene, forward: ForwardView): TemplateResult | typeof nothing {
  const { request, phase } = forward;
  if (request === null) {
    return nothing;
  }
  switch (phase) {
    case "waiting":
      return waiting(scene, forward, request);
    case "approved":
      return approved(scene, request);
    case "outside":
      return outside(scene, forward, request);
    case "refused":
      return refused(scene, forward, request);
    case "over":
      return html`<p>${scene.texts.text(`forward.over.${request.status === "used" || request.status === "withdrawn" ? request.status : "expired"}`)}</p>`;
    default:
      return nothing;
  }
}

function waiting(scene: Scene, forward: ForwardView, request: ForwardRequest): TemplateResult {
  const { texts, actions, state } = scene;
  return html`
    <p>${texts.text("forward.waiting.whom", { names: namesText(request.recipients, texts) })}</p>
    ${forward.uncovered.length === 0
      ? nothing
      : html`<ul class="uncovered">${forward.uncovered.map((one) => uncoveredRow(scene, one))}</ul>`}
    <p>${texts.text("forward.waiting.until", { time: whenText(request.expires_at, texts) })}</p>
    <p class="hint">${texts.text("forward.waiting.hint")}</p>
    ${state.requestUnheard ? html`<p class="hint">${texts.text("forward.waiting.unheard")}</p>` : nothing}
    ${button(html`${texts.text("forward.withdraw")}<span class="visually-hidden"> ${texts.text("forward.withdraw.what")}</span>`,
    { action: "withdraw-request", press: actions.withdrawRequest, isSmall: true })}`;
}

function approved(scene: Scene, request: ForwardRequest): TemplateResult {
  const { texts } = scene;
  return html`
    ${approvedLine(scene, request)}
    <p>${texts.text("forward.approved.until", { time: whenText(request.expires_at, texts) })}</p>
    ${answerLine(scene, request)}
    <p class="hint">${texts.text("forward.approved.hint")}</p>`;
}

function outside(scene: Scene, forward: ForwardView, request: ForwardRequest): TemplateResult {
  const { texts } = scene;
  return html`
    ${approvedLine(scene, request)}
    ${answerLine(scene, request)}
    ${forward.uncovered.length === 0
      ? html`<p>${texts.text("forward.outside.text")}</p>`
      : html`<ul class="uncovered">${forward.uncovered.map((one) => uncoveredRow(scene, one))}</ul>`}
    ${againButton(scene, forward)}`;
}

function uncoveredRow({ texts, actions }: Scene, { recipient, denied }: Uncovered): TemplateResult {
  const name = shownName(recipient);
  return html`
    <li data-uncovered=${recipient.address}>
      <span>${texts.text(denied ? "forward.outside.denied" : "forward.outside.added", { name })}</span>
      <button type="button" class="link" data-action="remove-uncovered" @click=${() => { actions.removeRecipient(recipient.address, name); }}
        >${texts.text("forward.outside.remove")}<span class="visually-hidden"> ${texts.text("recipients.remove.whom", { name })}</span></button>
    </li>`;
}

function refused(scene: Scene, forward: ForwardView, request: ForwardRequest): TemplateResult {
  const { texts } = scene;
  return html`
    ${request.decider === "" ? nothing : html`<p>${texts.text("forward.refused.by", { name: request.decider })}</p>`}
    ${request.answer.trim() === "" ? nothing : html`<p lang="sv">${texts.text("forward.answer", { answer: request.answer.trim() })}</p>`}
    <p>${texts.text("forward.refused")}</p>
    ${againButton(scene, forward)}`;
}

function approvedLine({ texts }: Scene, request: ForwardRequest): TemplateResult {
  const people = approvedPeople(request);
  return html`<p>${people.length === 0 ? texts.text("forward.approved.plain") : texts.text("forward.approved.whom", { names: namesText(people, texts) })}</p>`;
}

function answerLine({ texts }: Scene, request: ForwardRequest): TemplateResult | typeof nothing {
  const text = answerText(request, texts);
  return text === "" ? nothing : html`<p lang="sv">${text}</p>`;
}

function againButton({ texts, actions }: Scene, forward: ForwardView): TemplateResult | typeof nothing {
  return forward.asksAgain ? nothing : button(texts.text("forward.ask.again"), {
    action: "ask-again", press: () => { actions.fillIn({ isOpen: true }); }, isSmall: true,
  });
}
