/** Looks at the draft again and again, and asks the server when it has changed. */

import type { Api } from "../api/client.ts";
import { ApiProblem } from "../api/problems.ts";
import { draftDigest, uploadSize } from "../assessment/digest.ts";
import { mayAsk, pauseBeforeLook } from "../assessment/pace.ts";
import { withAssessment, withDraft, withTrouble } from "../assessment/state.ts";
import type { Draft } from "../contract/draft.ts";
import { codeOf } from "../errors.ts";
import { purviewMapping } from "../office/purview.ts";
import type { Desk } from "./desk.ts";
import { RecipientLookup } from "./recipientLookup.ts";
import type { Store } from "./store.ts";

/** The server is there and well, but not for this draft. */
const REFUSALS: readonly string[] = ["draft_too_large", "draft_refused"];

export interface WatcherPorts {
  readonly api: Api;
  readonly desk: Desk;
  readonly store: Store;
  readonly isHidden: () => boolean;
}

export class Watcher {
  readonly #ports: WatcherPorts;
  readonly #lookup: RecipientLookup;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking = false;
  #lookAgain = false;
  #stopped = false;
  /** Digest of a draft that the server will not take as it is: asking again would change nothing. */
  #refused: string | null = null;
  /** Grows with each `reassess`: an answer to an earlier question does not settle it. */
  #round = 0;
  #asking = { askedAt: null as number | null, inFlight: false, lastLatency: 0, failures: 0, retryAfter: 0 };

  constructor(ports: WatcherPorts) {
    this.#ports = ports;
    this.#lookup = new RecipientLookup(ports);
    this.#schedule(0);
  }

  /** Look now: something has probably changed. */
  nudge(): void {
    this.#lookAgain = this.#looking;
    if (!this.#looking) {
      this.#schedule(0);
    }
  }

  /** Look and ask now, whatever went wrong before. */
  retry(): void {
    this.#asking.askedAt = null;
    this.#refused = null;
    this.nudge();
  }

  /** The same, and even where the draft stands as it was judged: somebody else may know more now. */
  reassess(): void {
    this.#round += 1;
    this.#lookup.forget();
    this.#ports.store.change({ assessedDigest: null });
    this.retry();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(pause: number): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) {
      this.#timer = setTimeout(() => void this.#look(), pause);
    }
  }

  async #look(): Promise<void> {
    const { desk, store, isHidden } = this.#ports;
    this.#looking = true;
    const started = performance.now();
    try {
      this.#consider(await desk.read());
    } catch (error) {
      store.set(withTrouble(store.get(), codeOf(error)));
    }
    this.#looking = false;
    this.#schedule(this.#lookAgain ? 0 : pauseBeforeLook(performance.now() - started, isHidden()));
    this.#lookAgain = false;
  }

  #consider(draft: Draft): void {
    const { desk, store } = this.#ports;
    const digest = draftDigest(draft);
    const before = store.get();
    const state = withDraft(before, draft, digest);
    store.set(state);
    if (state.confirmed !== before.confirmed) {
      // The recipients are others now: what was confirmed must not be found by the send handler either.
      void desk.keepConfirmed(state.confirmed).catch(() => false);
    }
    this.#lookup.consider(draft);
    const due = mayAsk({ ...this.#asking, now: performance.now(), size: uploadSize(draft) });
    if (due && digest !== state.assessedDigest && digest !== this.#refused) {
      void this.#ask(draft, digest);
    }
  }

  async #ask(draft: Draft, digest: string): Promise<void> {
    const { api, desk, store } = this.#ports;
    const askedAt = performance.now();
    const round = this.#round;
    this.#asking = { ...this.#asking, askedAt, inFlight: true };
    try {
      await this.#ensurePolicy();
      const assessment = await api.assess(draft);
      await desk.keepVerdict(assessment.verdict);
      const before = store.get();
      store.set(withAssessment(before, assessment, draft, round === this.#round ? digest : null));
      this.#keepRequest(before.request?.id);
      this.#asking = { ...this.#asking, failures: 0, retryAfter: 0 };
    } catch (error) {
      const code = codeOf(error);
      store.set(withTrouble(store.get(), code));
      if (REFUSALS.includes(code)) {
        this.#refused = digest;
        this.#asking = { ...this.#asking, inFlight: false };
        return;
      }
      const retryAfter = error instanceof ApiProblem ? error.retryAfterMs : 0;
      this.#asking = { ...this.#asking, failures: this.#asking.failures + 1, retryAfter };
    }
    this.#asking = { ...this.#asking, inFlight: false, lastLatency: performance.now() - askedAt };
  }

  /** The send handler relies on the request that the server has told of. */
  #keepRequest(known: string | undefined): void {
    const { desk, store } = this.#ports;
    const id = store.get().request?.id;
    if (id !== undefined && id !== known) {
      void desk.keepRequest(id).catch(() => false);
    }
  }

  async #ensurePolicy(): Promise<void> {
    const { api, desk, store } = this.#ports;
    if (store.get().policy === null) {
      const policy = await api.policy();
      desk.purview = purviewMapping(policy);
      store.change({ policy });
    }
  }
}
