import { html, nothing, type TemplateResult } from "lit-html";
import type { Finding } from "../../contract/assessment.ts";
import { FIRST_REASONS } from "../../assessment/reasons.ts";
import { categoryName, partText, sourceLines } from "../wording.ts";
import type { Scene } from "./model.ts";

/** Why: at most three reasons at first, the rest on demand. */
export function reasonList(scene: Scene): TemplateResult | typeof nothing {
  const { view, state, texts } = scene;
  if (view.reasons.length === 0) {
    return nothing;
  }
  return html`
    <section class="reasons" aria-labelledby="reasons-title">
      <h3 id="reasons-title">${texts.text("reasons.title")}</h3>
      <ul id="reasons">${view.reasons.map((finding) => reason(scene, finding))}</ul>
      ${moreButton(scene)}
      ${sourceLines(state.policy, view.reasons, texts).map((source) => html`<p class="source">${source}</p>`)}
    </section>`;
}

function reason({ state, texts }: Scene, finding: Finding): TemplateResult {
  return html`
    <li class="reason">
      <p class="reason-head">
        <strong>${categoryName(state.policy, finding.category, texts)}</strong>
        <span class="where">${partText(finding.part, texts)}</span>
      </p>
      ${finding.excerpt === "" ? nothing : html`<p lang="sv"><q class="excerpt">${finding.excerpt}</q></p>`}
      <p lang="sv">${finding.explanation}</p>
    </li>`;
}

function moreButton({ view, state, texts, actions }: Scene): TemplateResult | typeof nothing {
  if (view.hiddenReasons === 0 && view.reasons.length <= FIRST_REASONS) {
    return nothing;
  }
  const label = state.showAllReasons ? texts.text("reasons.fewer") : texts.text("reasons.more", { count: view.hiddenReasons });
  return html`
    <button type="button" class="link" aria-expanded=${state.showAllReasons ? "true" : "false"} aria-controls="reasons"
      @click=${actions.toggleReasons}>${label}</button>`;
}
