/** Asks who the recipients are, whenever they change; the text of the draft plays no part in it and is not sent. */

import type { Api } from "../api/client.ts";
import { ApiProblem } from "../api/problems.ts";
import { readRecipientChecks } from "../assessment/recipientAnswer.ts";
import type { RecipientDetails } from "../assessment/recipientDetails.ts";
import type { Draft } from "../contract/draft.ts";
import type { RecipientChecks, RecipientCheckRequest } from "../contract/recipients.ts";
import type { Store } from "./store.ts";

/** The pause before a question that got no answer is put again. */
const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 30_000;

export interface LookupPorts {
  readonly api: Pick<Api, "checkRecipients">;
  readonly store: Store;
}

/** What is asked of a draft's recipients. */
export function checkRequest({ sender, recipients, label }: Draft): RecipientCheckRequest {
  return label === null ? { sender, recipients } : { sender, recipients, label };
}

export class RecipientLookup {
  readonly #ports: LookupPorts;
  /** The recipients that were asked about last. */
  #asked = "";
  #inFlight = false;
  #failures = 0;
  /** When to ask once more about the same, after a failure. */
  #again = Number.POSITIVE_INFINITY;

  constructor(ports: LookupPorts) {
    this.#ports = ports;
  }

  /** Asks when these recipients have not been asked about yet, or in vain. One question at a time. */
  consider(draft: Draft): void {
    const key = JSON.stringify([draft.sender, draft.recipients]);
    const isDue = key !== this.#asked || performance.now() >= this.#again;
    if (draft.recipients.length > 0 && isDue && !this.#inFlight) {
      this.#failures = key === this.#asked ? this.#failures : 0;
      this.#asked = key;
      void this.#ask(checkRequest(draft));
    }
  }

  /** Asks anew at the next look. */
  forget(): void {
    this.#asked = "";
  }

  async #ask(request: RecipientCheckRequest): Promise<void> {
    const { api, store } = this.#ports;
    this.#inFlight = true;
    store.change({ lookingUp: true });
    const details = await api.checkRecipients(request).then(found, refused);
    this.#inFlight = false;
    this.#failures = details.checks === null ? this.#failures + 1 : 0;
    const pause = Math.min(FIRST_RETRY_MS * 2 ** (this.#failures - 1), LONGEST_RETRY_MS);
    // A sign-in is the user's to renew: asking again by itself would change nothing.
    const isOver = details.checks !== null || details.signInAgain;
    this.#again = isOver ? Number.POSITIVE_INFINITY : performance.now() + pause;
    store.change({ lookingUp: false, details });
  }
}

function found(answer: unknown): RecipientDetails {
  return { checks: checksOf(answer), signInAgain: false };
}

function refused(error: unknown): RecipientDetails {
  return { checks: null, signInAgain: error instanceof ApiProblem && error.claims !== "" };
}

function checksOf(answer: unknown): RecipientChecks | null {
  const fields = (typeof answer === "object" && answer !== null ? answer : {}) as Readonly<Record<string, unknown>>;
  return readRecipientChecks({ ...fields, each: fields["recipients"] });
}
