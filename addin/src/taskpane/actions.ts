/** What the person can do in the pane. Each choice shows at once and is then stored on the draft. */

import type { Api } from "../api/client.ts";
import type { GroundKind, Grounds } from "../contract/assessment.ts";
import type { LabelId } from "../contract/draft.ts";
import { codeOf } from "../errors.ts";
import type { Desk } from "./desk.ts";
import { createFeedbackActions, type FeedbackActions } from "./feedbackActions.ts";
import { createForwardActions, type ForwardActions } from "./forwardActions.ts";
import { createRecipientActions, type RecipientActions } from "./recipientActions.ts";
import type { Store } from "./store.ts";

export interface Actions extends FeedbackActions, ForwardActions, RecipientActions {
  readonly setLabel: (label: LabelId | null) => void;
  readonly stateGround: (kind: GroundKind, code: string | null) => void;
  readonly toggleReasons: () => void;
  readonly openChannel: (url: string) => void;
  readonly retry: () => void;
  readonly signIn: () => void;
}

export interface ActionPorts {
  readonly api: Pick<Api, "sendFeedback" | "checkRecipients" | "signIn" | "askToForward" | "withdrawRequest">;
  readonly desk: Desk;
  readonly store: Store;
  /** Looks at the draft at once: the action has probably changed it. */
  readonly nudge: () => void;
  /** Looks and asks at once, whatever went wrong before. */
  readonly retry: () => void;
  /** The same, and even where nothing has changed. */
  readonly reassess: () => void;
  readonly openExternal: (url: string) => void;
}

export function createActions(ports: ActionPorts): Actions {
  const { desk, store } = ports;
  const retry = (): void => {
    store.change({ trouble: null });
    ports.retry();
  };
  return {
    ...createFeedbackActions(ports),
    ...createForwardActions(ports),
    ...createRecipientActions({ ...ports, attempt: (work) => attempt(ports, work) }),
    setLabel: (label) => void attempt(ports, desk.setLabel(label)),
    stateGround: (kind, code) => {
      const grounds = withGround(store.get().grounds, kind, code);
      store.change({ grounds });
      void attempt(ports, desk.keepGrounds(grounds));
    },
    toggleReasons: () => {
      store.change({ showAllReasons: !store.get().showAllReasons });
    },
    openChannel: ports.openExternal,
    retry,
    // A sign-in that was broken off leaves the pane as it was.
    signIn: () => void ports.api.signIn().then(retry, () => undefined),
  };
}

/** True when the work was done and what was to be kept is kept. */
async function attempt({ store, nudge }: ActionPorts, work: Promise<unknown>): Promise<boolean> {
  const code = await work.then((kept) => (kept === false ? "not_kept" : null), codeOf);
  store.change({ actionTrouble: code });
  nudge();
  return code === null;
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
