import { html, nothing, type TemplateResult } from "lit-html";
import { placesOf } from "../../assessment/reasons.ts";
import type { LoweringStep } from "../../contract/assessment.ts";
import { placesText } from "../wording.ts";
import type { Scene } from "./model.ts";

/** What to take out of the draft for a lower label, folded away until it is asked for. */
export function loweringPart(scene: Scene): TemplateResult | typeof nothing {
  const { state, texts } = scene;
  const steps = state.assessment?.lowering ?? [];
  if (steps.length === 0) {
    return nothing;
  }
  return html`
    <details class="lowering">
      <summary>${texts.text("lowering.title")}</summary>
      <ul>${steps.map((step) => row(scene, step))}</ul>
      <p class="hint">${texts.text("lowering.hint")}</p>
    </details>`;
}

function row({ state, texts }: Scene, step: LoweringStep): TemplateResult {
  const where = state.assessment === null ? "" : placesText(placesOf(state.assessment, step.findings), texts);
  return html`
    <li>
      <p lang="sv">${step.text}</p>
      ${where === "" ? nothing : html`<p class="where">${where}</p>`}
    </li>`;
}
