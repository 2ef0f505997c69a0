/** What the person can do in the pane. Each choice shows at once and is then stored on the draft. */

import { addressKey } from "../assessment/obligations.ts";
import type { GroundKind, Grounds } from "../contract/assessment.ts";
import type { LabelId } from "../contract/draft.ts";
import { codeOf } from "../errors.ts";
import type { Desk } from "./desk.ts";
import { createFeedbackActions, type FeedbackActions, type FeedbackPorts } from "./feedbackActions.ts";
import type { Store } from "./store.ts";

export interface Actions extends FeedbackActions {
  readonly setLabel: (label: LabelId | null) => void;
  readonly stateGround: (kind: GroundKind, code: string | null) => void;
  readonly confirm: (address: string, confirmed: boolean) => void;
  readonly confirmAll: (confirmed: boolean) => void;
  readonly toggleReasons: () => void;
  readonly openChannel: (url: string) => void;
  readonly retry: () => void;
  readonly signIn: () => void;
}

export interface ActionPorts {
  readonly api: FeedbackPorts["api"];
  readonly desk: Desk;
  readonly store: Store;
  /** Looks at the draft at once: the action has probably changed it. */
  readonly nudge: () => void;
  /** Looks and asks at once, whatever went wrong before. */
  readonly retry: () => void;
  readonly signIn: () => Promise<unknown>;
  readonly openExternal: (url: string) => void;
}

export function createActions(ports: ActionPorts): Actions {
  const { desk, store } = ports;
  const confirmThese = (confirmed: readonly string[]): void => {
    store.change({ confirmed });
    void attempt(ports, desk.keepConfirmed(confirmed));
  };
  const retry = (): void => {
    store.change({ trouble: null });
    ports.retry();
  };
  return {
    ...createFeedbackActions(ports),
    setLabel: (label) => void attempt(ports, desk.setLabel(label)),
    stateGround: (kind, code) => {
      const grounds = withGround(store.get().grounds, kind, code);
      store.change({ grounds });
      void attempt(ports, desk.keepGrounds(grounds));
    },
    confirm: (address, confirmed) => {
      const others = store.get().confirmed.filter((known) => known !== addressKey(address));
      confirmThese(confirmed ? [...others, addressKey(address)] : others);
    },
    confirmAll: (confirmed) => {
      confirmThese(confirmed ? store.get().recipients.map((recipient) => addressKey(recipient.address)) : []);
    },
    toggleReasons: () => {
      store.change({ showAllReasons: !store.get().showAllReasons });
    },
    openChannel: ports.openExternal,
    retry,
    // A sign-in that was broken off leaves the pane as it was.
    signIn: () => void ports.signIn().then(retry, () => undefined),
  };
}

async function attempt({ store, nudge }: ActionPorts, work: Promise<unknown>): Promise<void> {
  try {
    const kept = await work;
    store.change({ actionTrouble: kept === false ? "not_kept" : null });
  } catch (error) {
    store.change({ actionTrouble: codeOf(error) });
  }
  nudge();
}

function withGround(grounds: Grounds, kind: GroundKind, code: string | null): Grounds {
  const next: Partial<Record<GroundKind, string>> = { ...grounds };
  if (code === null) {
    Reflect.deleteProperty(next, kind);
  } else {
    next[kind] = code;
  }
  return next;
}
