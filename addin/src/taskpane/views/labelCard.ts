import { html, nothing, type TemplateResult } from "lit-html";
import type { Phase, PaneView } from "../../assessment/view.ts";
import type { PolicyLabel } from "../../contract/policy.ts";
import type { TextKey, Texts } from "../../l10n/texts.ts";
import { labelName, leftText } from "../wording.ts";
import { button } from "./button.ts";
import { checkIcon, labelIcon } from "./icons.ts";
import type { Scene } from "./model.ts";

/** The suggested label, what is set, and the button that sets it. */
export function labelCard(scene: Scene): TemplateResult {
  const { view, texts, state } = scene;
  return html`
    <section class="card" aria-labelledby="verdict" data-phase=${view.phase}>
      ${view.suggested === null ? plainHeading(scene) : labelHeading(scene, view.suggested)}
      ${view.tips.map((tip) => html`<p class="hint" lang="sv">${tip}</p>`)}
      ${labelAction(scene)}
      ${state.actionTrouble === null
        ? nothing
        : html`<p class="problem" role="alert">${texts.trouble("action", state.actionTrouble)}</p>`}
      ${view.suggested === null ? nothing : classification(scene, view.suggested)}
      ${view.updating ? html`<p class="updating">${texts.text("updating")}</p>` : nothing}
    </section>`;
}

function labelHeading({ view, texts }: Scene, label: PolicyLabel): TemplateResult {
  const done = view.phase === "done" && !view.stale;
  return html`
    <p class="eyebrow">${texts.text(done ? "done.title" : "suggestion.title")}</p>
    <h2 id="verdict" class="verdict" tabindex="-1">${labelIcon(label.color)}<span>${labelName(label, texts)}</span></h2>
    ${view.reason === "" ? nothing : html`<p class="why" lang="sv">${view.reason}</p>`}
    ${leftLine(view, texts)}`;
}

function plainHeading({ view, texts }: Scene): TemplateResult {
  const titles: Partial<Record<Phase, TextKey>> = { clear: "clear", done: "done.title" };
  return html`
    <h2 id="verdict" class="verdict" tabindex="-1">${checkIcon}<span>${texts.text(titles[view.phase] ?? "advice.title")}</span></h2>
    ${view.phase === "clear" ? nothing : leftLine(view, texts)}`;
}

function leftLine(view: PaneView, texts: Texts): TemplateResult {
  if (view.stale) {
    return html`<p class="left">${texts.text("stale")}</p>`;
  }
  const blocked = view.left > 0 && view.decision === "block";
  return html`<p class="left ${blocked ? "is-blocked" : ""}">${leftText(view, texts)}</p>`;
}

function labelAction({ view, texts, actions }: Scene): TemplateResult | typeof nothing {
  const { toSet, set } = view;
  if (toSet !== null) {
    const press = (): void => {
      actions.setLabel(toSet.id);
    };
    const label = texts.text("suggestion.label", { label: labelName(toSet, texts) });
    return button(label, { action: "set-label", press, appearance: "primary", isWide: true });
  }
  if (set === null) {
    return nothing;
  }
  const remove = (): void => {
    actions.setLabel(null);
  };
  const isStricter = view.suggested?.id !== set.id;
  return html`
    <div class="set-label">
      <p class="set-mark">${checkIcon}<span>${texts.text("suggestion.set", { label: labelName(set, texts) })}</span></p>
      ${button(texts.text("suggestion.remove"), { action: "remove-label", press: remove, appearance: "subtle", isSmall: true })}
    </div>
    ${isStricter ? html`<p class="hint">${texts.text("suggestion.stricter")}</p>` : nothing}`;
}

function classification({ texts }: Scene, label: PolicyLabel): TemplateResult | typeof nothing {
  if (label.classification.length === 0) {
    return nothing;
  }
  return html`
    <details class="classification">
      <summary>${texts.text("classification.title", { label: labelName(label, texts) })}</summary>
      <dl lang="sv">
        ${label.classification.map(({ aspect, level }) => html`<div><dt>${aspect}</dt><dd>${level}</dd></div>`)}
      </dl>
    </details>`;
}
