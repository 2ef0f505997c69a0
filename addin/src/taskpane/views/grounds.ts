import { html, type TemplateResult } from "lit-html";
import type { GroundKind } from "../../contract/assessment.ts";
import type { TextKey } from "../../l10n/texts.ts";
import { groundText } from "../wording.ts";
import type { Scene } from "./model.ts";

/** One legal ground to choose. A list that opens: seven grounds standing open would push the rest out of sight. */
export function groundChoice({ state, texts, actions }: Scene, kind: GroundKind): TemplateResult {
  const grounds = state.policy?.grounds[kind] ?? [];
  const chosen = state.grounds[kind] ?? "";
  const choose = (event: Event): void => {
    const code = (event.target as HTMLSelectElement).value;
    actions.stateGround(kind, code === "" ? null : code);
  };
  return html`
    <div class="ground">
      <label for="ground-${kind}">${texts.text(`ground.${kind}` as TextKey)}</label>
      <select id="ground-${kind}" data-ground=${kind} @change=${choose}>
        <option value="" ?selected=${chosen === ""}>${texts.text("ground.choose")}</option>
        ${grounds.map((ground) => html`
          <option value=${ground.code} ?selected=${ground.code === chosen}>${groundText(ground, texts)}</option>`)}
      </select>
    </div>`;
}
