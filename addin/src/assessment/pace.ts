/** How often to look at the draft and how often to ask the server. Outlook has no event for a changed body. Milliseconds. */

const SHORTEST_LOOK = 400;
const HIDDEN_LOOK = 5000;
const LONGEST_LOOK = 10_000;
/** A look may take a sixth of the time at most, so that typing never feels it. */
const REST_PER_WORK = 5;

const SHORTEST_ASK = 450;
const BYTES_PER_MS = 500;

const FIRST_RETRY = 2000;
const LONGEST_RETRY = 30_000;

/** The pause before the next look at the draft, after one that took `lastRead`. */
export function pauseBeforeLook(lastRead: number, hidden: boolean): number {
  const pause = Math.max(SHORTEST_LOOK, lastRead * REST_PER_WORK);
  return Math.min(hidden ? Math.max(pause, HIDDEN_LOOK) : pause, LONGEST_LOOK);
}

export interface AskState {
  readonly now: number;
  /** When the last question went out; null before the first. */
  readonly askedAt: number | null;
  readonly inFlight: boolean;
  /** How long the last answer took. */
  readonly lastLatency: number;
  /** Bytes to upload. */
  readonly size: number;
  /** Questions in a row without an answer. */
  readonly failures: number;
  /** How long the server asked us to wait when it last refused; 0 otherwise. */
  readonly retryAfter: number;
}

/** Whether a changed draft may be sent now: one question at a time, and never more than the server and the line can take. */
export function mayAsk(state: AskState): boolean {
  if (state.inFlight) {
    return false;
  }
  return state.askedAt === null || state.now - state.askedAt >= spacing(state);
}

function spacing(state: AskState): number {
  if (state.failures > 0) {
    const backoff = Math.min(FIRST_RETRY * 2 ** (state.failures - 1), LONGEST_RETRY);
    return Math.max(backoff, state.retryAfter);
  }
  return Math.max(SHORTEST_ASK, state.lastLatency * 2, state.size / BYTES_PER_MS);
}
