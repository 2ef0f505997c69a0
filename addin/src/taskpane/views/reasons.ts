import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { excerptsOf, findingsOf, FIRST_REASONS, reasonKey } from "../../assessment/reasons.ts";
import type { Reason } from "../../contract/assessment.ts";
import { placesText, reasonTitle, sourceLines } from "../wording.ts";
import { loweringPart } from "./lowering.ts";
import type { Scene } from "./model.ts";
import { reasonAnswer } from "./reasonAnswer.ts";

/** Why: at most three reasons at first, the rest on demand, and what to take out. */
export function reasonList(scene: Scene): TemplateResult | typeof nothing {
  const { view, state, texts } = scene;
  const { assessment } = state;
  if (view.reasons.length === 0 || assessment === null) {
    return nothing;
  }
  const findings = view.reasons.flatMap((one) => findingsOf(assessment, one.findings));
  return html`
    <section class="reasons" aria-labelledby="reasons-title">
      <h3 id="reasons-title">${texts.text("reasons.title")}</h3>
      <ul id="reasons">${repeat(view.reasons, reasonKey, (one) => reason(scene, one))}</ul>
      ${moreButton(scene)}
      ${loweringPart(scene)}
      ${sourceLines(state.policy, findings, texts).map((source) => html`<p class="source">${source}</p>`)}
    </section>`;
}

function reason(scene: Scene, one: Reason): TemplateResult {
  const { state, texts } = scene;
  const excerpts = state.assessment === null ? [] : excerptsOf(state.assessment, one);
  return html`
    <li class="reason" data-reason=${reasonKey(one)}>
      <p class="reason-head">
        <strong>${reasonTitle(one, state.policy, texts)}</strong>
        <span class="where">${placesText(one.places, texts)}</span>
      </p>
      <p lang="sv">${one.text}</p>
      ${excerpts.length === 0 ? nothing : html`
        <p lang="sv">${excerpts.map((excerpt) => html`<q class="excerpt">${excerpt}</q> `)}</p>`}
      ${reasonAnswer(scene, one)}
    </li>`;
}

function moreButton({ view, state, texts, actions }: Scene): TemplateResult | typeof nothing {
  if (view.hiddenReasons === 0 && view.reasons.length <= FIRST_REASONS) {
    return nothing;
  }
  const label = state.showAllReasons ? texts.text("reasons.fewer") : texts.text("reasons.more", { count: view.hiddenReasons });
  return html`
    <button type="button" class="link" aria-expanded=${state.showAllReasons ? "true" : "false"} aria-controls="reasons"
      data-action="more-reasons" @click=${actions.toggleReasons}>${label}</button>`;
}
