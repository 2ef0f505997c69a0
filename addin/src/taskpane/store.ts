import { INITIAL_STATE, type PaneState } from "../assessment/state.ts";

/** Holds the pane's state and tells one listener about each change. */
export interface Store {
  readonly get: () => PaneState;
  readonly set: (next: PaneState) => void;
  readonly change: (fields: Partial<PaneState>) => void;
}

export function createStore(onChange: (state: PaneState) => void): Store {
  let state = INITIAL_STATE;
  const set = (next: PaneState): void => {
    state = next;
    onChange(state);
  };
  return {
    get: () => state,
    set,
    change: (fields) => {
      set({ ...state, ...fields });
    },
  };
}
