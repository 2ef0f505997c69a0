import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { Obligation } from "../../contract/assessment.ts";
import type { PolicyChannel } from "../../contract/policy.ts";
import { groundsFor } from "../../assessment/grounds.ts";
import { isAdvice, isOfRecipients } from "../../assessment/obligations.ts";
import type { TextKey } from "../../l10n/texts.ts";
import { obligationText, sourceOf } from "../wording.ts";
import { button } from "./button.ts";
import { forwardCard } from "./forwardCard.ts";
import { groundChoice } from "./grounds.ts";
import { checkIcon, infoIcon, todoIcon } from "./icons.ts";
import type { Scene } from "./model.ts";
import { recipientDialog } from "./recipients.ts";

/** What is expected of the sender, each with the control that settles it. */
export function obligationList(scene: Scene): TemplateResult | typeof nothing {
  const { view, texts } = scene;
  if (view.obligations.length === 0) {
    return nothing;
  }
  return html`
    <section class="obligations" aria-labelledby="obligations-title">
      <h3 id="obligations-title">${texts.text("obligations.title")}</h3>
      <ul>${repeat(view.obligations, keyOf, (obligation) => row(scene, obligation))}</ul>
    </section>`;
}

/** A code can stand there twice, with different sources. */
function keyOf(obligation: Obligation, index: number): string {
  return `${obligation.code} ${String(index)}`;
}

function row(scene: Scene, obligation: Obligation): TemplateResult {
  const { texts, state, view } = scene;
  const advice = isAdvice(obligation, view.recipients.asks);
  const source = obligation.met ? null : sourceOf(state.policy, obligation.source);
  return html`
    <li class="obligation ${obligation.met ? "is-met" : ""}" data-code=${obligation.code}>
      ${obligation.met ? checkIcon : advice ? infoIcon : todoIcon}
      <div class="obligation-body">
        <p>
          <span class="visually-hidden">${texts.text(standing(obligation, advice))} </span>
          ${obligationText(obligation, texts)}
        </p>
        ${control(scene, obligation)}
        ${source === null ? nothing : html`
          <details class="source">
            <summary>${texts.text("obligations.source", { section: source.section })}</summary>
            <p lang="sv">${source.document}: ${source.text}</p>
          </details>`}
      </div>
    </li>`;
}

function standing(obligation: Obligation, advice: boolean): TextKey {
  if (obligation.met) {
    return "obligations.met";
  }
  return advice ? "obligations.advice" : "obligations.unmet";
}

function control(scene: Scene, obligation: Obligation): unknown {
  if (isOfRecipients(obligation)) {
    // Two obligations may ask for them; they are shown once.
    return scene.view.obligations.find(isOfRecipients) === obligation ? recipientDialog(scene) : nothing;
  }
  switch (obligation.code) {
    case "state_ground":
    case "state_photo_basis":
      return groundsFor(obligation, scene.state.assessment?.categories ?? []).map((kind) => groundChoice(scene, kind));
    case "request_forward_approval":
      return forwardCard(scene);
    case "use_secure_channel":
    case "use_secure_meeting":
      return scene.view.channel === null || obligation.met ? nothing : channelButton(scene, scene.view.channel);
    default:
      return nothing;
  }
}

function channelButton({ texts, actions, view }: Scene, channel: PolicyChannel): TemplateResult {
  const content = html`
    ${texts.text("channel.open", { channel: channel.name })}
    <span class="visually-hidden"> (${texts.text("channel.new_window")})</span>`;
  const assurance = view.suggested?.assurance;
  return html`
    ${button(content, { action: "open-channel", press: () => { actions.openChannel(channel.url); } })}
    ${assurance && channel.kind === "message" && texts.language === "en"
      ? html`<p class="hint">${texts.text("channel.assurance", { assurance })}</p>`
      : nothing}`;
}
