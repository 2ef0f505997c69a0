import { html, nothing, type TemplateResult } from "lit-html";
import { button } from "./button.ts";
import { checkIcon, todoIcon, warningIcon } from "./icons.ts";
import type { Scene } from "./model.ts";
import { labelCard } from "./labelCard.ts";
import { obligationList } from "./obligations.ts";
import { reasonList } from "./reasons.ts";
import { recipientSection } from "./recipients.ts";

/** The whole pane. */
export function paneTemplate(scene: Scene): TemplateResult {
  return html`
    ${scene.view.trouble === null ? nothing : troubleBar(scene, scene.view.trouble)}
    ${phasePart(scene)}`;
}

function phasePart(scene: Scene): TemplateResult | typeof nothing {
  switch (scene.view.phase) {
    case "checking":
      return html`<p class="quiet"><fluent-spinner size="tiny"></fluent-spinner>${scene.texts.text("checking")}</p>`;
    case "stopped":
      return nothing;
    case "clear":
      return clearPart(scene);
    default:
      return html`${labelCard(scene)} ${reasonList(scene)} ${obligationList(scene)} ${recipientSection(scene)}`;
  }
}

function clearPart(scene: Scene): TemplateResult {
  const { texts, view } = scene;
  if (view.set !== null) {
    return html`${labelCard(scene)} ${recipientSection(scene)}`;
  }
  return html`
    <div class="calm">
      <h2 class="calm-title">${checkIcon}${texts.text("clear")}</h2>
      ${view.tips.length === 0
        ? html`<p class="hint">${texts.text("clear.hint")}</p>`
        : view.tips.map((tip) => html`<p class="hint" lang="sv">${tip}</p>`)}
    </div>
    ${recipientSection(scene)}`;
}

function troubleBar({ texts, actions }: Scene, code: string): TemplateResult {
  const isIdle = code === "office_no_item";
  const text = isIdle ? texts.text("trouble.pane.no_item") : texts.trouble("pane", code);
  const remedy = code === "signed_out"
    ? button(texts.text("trouble.sign_in"), { action: "sign-in", press: actions.signIn, appearance: "primary" })
    : button(texts.text("trouble.retry"), { action: "retry", press: actions.retry });
  return html`
    <section class="bar ${isIdle ? "bar-calm" : ""}" aria-labelledby="trouble-text">
      ${isIdle ? todoIcon : warningIcon}
      <div class="bar-text">
        <p id="trouble-text">${text}</p>
        ${isIdle ? nothing : remedy}
      </div>
    </section>`;
}
