/** Follows a request that waits for its answer: asks now and then, slower with time, and never gives up because of an error. */

import type { Api } from "../api/client.ts";
import { requestCodeOf } from "../api/problems.ts";
import { noticeAfter } from "../assessment/feedback.ts";
import { latestRequest, requestNews } from "../assessment/forward.ts";
import type { ForwardRequest } from "../contract/forward.ts";
import type { Store } from "./store.ts";

/** Pauses between questions. Milliseconds. */
const SOON_MS = 5000;
const LATER_MS = 15_000;
/** From when on it is asked slower. */
const PATIENT_AFTER_MS = 60_000;
/** Failures in a row before the person is told. */
const TOLD_AFTER = 2;

export interface FollowerPorts {
  readonly api: Pick<Api, "forwardRequest">;
  readonly store: Store;
  readonly isHidden: () => boolean;
  readonly keepRequest: (id: string) => Promise<unknown>;
  /** The draft is to be judged anew: the answer has come. */
  readonly reassess: () => void;
}

export class RequestFollower {
  readonly #ports: FollowerPorts;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The request that is followed; empty when none is. */
  #id = "";
  #since = 0;
  #asking = false;
  #failures = 0;

  constructor(ports: FollowerPorts) {
    this.#ports = ports;
  }

  /** Looks up a request that the draft has kept, until the server tells of it. */
  start(id: string): void {
    this.#follow(id);
    void this.#ask();
  }

  /** Called at each change of the pane's state: begins when a request waits, ends when it does not. */
  consider(): void {
    const { request } = this.#ports.store.get();
    if (request?.status === "pending" && request.id !== this.#id) {
      this.#follow(request.id);
      this.#schedule();
    }
  }

  /** The pane is seen again: do not let the person wait. */
  nudge(): void {
    if (this.#id !== "" && !this.#ports.isHidden()) {
      void this.#ask();
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#id = "";
  }

  #follow(id: string): void {
    this.#id = id;
    this.#since = Date.now();
    this.#failures = 0;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const isNew = Date.now() - this.#since < PATIENT_AFTER_MS && this.#failures === 0;
    this.#timer = setTimeout(() => {
      if (this.#ports.isHidden()) {
        this.#schedule();
      } else {
        void this.#ask();
      }
    }, isNew ? SOON_MS : LATER_MS);
  }

  async #ask(): Promise<void> {
    const id = this.#id;
    if (id === "" || this.#asking) {
      return;
    }
    this.#asking = true;
    try {
      this.#heard(await this.#ports.api.forwardRequest(id), id);
    } catch (error) {
      this.#failed(requestCodeOf(error));
    }
    this.#asking = false;
    if (this.#id !== "") {
      this.#schedule();
    }
  }

  #heard(told: ForwardRequest, asked: string): void {
    const { store, reassess } = this.#ports;
    this.#failures = 0;
    if (asked !== this.#id) {
      return;
    }
    if (told.status !== "pending") {
      this.stop();
    }
    const before = store.get();
    const request = latestRequest(before.request, told);
    const news = requestNews(before.request, request);
    const notice = news === null ? before.notice : noticeAfter(before.notice, { kind: news, trouble: null });
    store.change({ request, notice, requestUnheard: false });
    if (news !== null) {
      reassess();
    }
  }

  #failed(code: string): void {
    if (code === "forward_request_unknown") {
      // Gone from the server: nothing to wait for.
      this.stop();
      this.#ports.store.change({ request: null, requestUnheard: false });
      void this.#ports.keepRequest("").catch(() => false);
      return;
    }
    this.#failures += 1;
    if (this.#failures === TOLD_AFTER) {
      this.#ports.store.change({ requestUnheard: true });
    }
  }
}
