/** The simulated Outlook that the frames (the pane and the event runtime) are connected to through their parent window. */

import type { FakeHost } from "../fakeOffice/host.ts";
import type { Completion, FakeOffice } from "../fakeOffice/office.ts";
import { CLIENTS } from "../fakeOffice/profiles.ts";
import type { DemoState } from "./state.ts";

export interface SimulatedOutlook {
  hostFor(process: FakeHost["process"]): FakeHost;
  /** Called by a frame when its FakeOffice stands. */
  connected(process: FakeHost["process"], fake: FakeOffice): void;
}

export interface OutlookWindow {
  simulatedOutlook?: SimulatedOutlook;
}

export interface EventRuntime {
  /** Forgets the old frame: the next event waits for a new one. */
  restart(): void;
  raise(functionName: string): Promise<Completion>;
}

/** Real calls take some milliseconds, and never the same number. */
function latency(): number {
  return 3 + Math.random() * 12;
}

/** The wait for a runtime that never loads. Milliseconds. */
const RUNTIME_TIMEOUT_MS = 10_000;

export function createOutlook(state: () => DemoState): { outlook: SimulatedOutlook; runtime: EventRuntime } {
  let resolveRuntime: (fake: FakeOffice) => void = () => undefined;
  let runtimeReady = new Promise<FakeOffice>(() => undefined);
  const restart = (): void => {
    runtimeReady = new Promise((resolve) => {
      resolveRuntime = resolve;
    });
  };
  restart();
  return {
    outlook: {
      hostFor: (process) => hostOf(state(), process),
      connected: (process, fake) => {
        if (process === "event") {
          resolveRuntime(fake);
        }
      },
    },
    runtime: {
      restart,
      raise: async (functionName) => (await orTimeout(runtimeReady)).raise(functionName),
    },
  };
}

function orTimeout<T>(work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => {
      reject(new Error("the event runtime did not load"));
    }, RUNTIME_TIMEOUT_MS);
  });
  return Promise.race([work, late]);
}

function hostOf(state: DemoState, process: FakeHost["process"]): FakeHost {
  const person = state.signedIn;
  return {
    client: CLIENTS[state.client],
    process,
    item: state.item,
    user: { address: person?.address ?? "", name: person?.name ?? "" },
    latency,
    permission: "ReadWriteItem",
    displayLanguage: new URLSearchParams(location.search).get("lang") ?? "sv-SE",
    token: () => Promise.resolve(person?.token ?? null),
    openBrowserWindow: (url) => {
      window.open(url, "_blank", "noopener");
    },
    purviewLabels: null,
  };
}
