import type { PaneState } from "../../assessment/state.ts";
import type { PaneView } from "../../assessment/view.ts";
import type { Texts } from "../../l10n/texts.ts";
import type { Actions } from "../actions.ts";

/** What every part of the page is drawn from. */
export interface Scene {
  readonly state: PaneState;
  readonly view: PaneView;
  readonly texts: Texts;
  readonly actions: Actions;
}
