/** "This is wrong": one answer for the whole draft, sent anew whenever it changes, so that nothing is lost and all can be undone. */

import type { Api } from "../api/client.ts";
import { codesOf, feedbackFindings, isTakenBack, needsLabel, noticeAfter, statedLabel, withAnswer, type Feedback, type Notice, type Standing } from "../assessment/feedback.ts";
import { reasonKey } from "../assessment/reasons.ts";
import type { Reason } from "../contract/assessment.ts";
import type { LabelId } from "../contract/draft.ts";
import { codeOf } from "../errors.ts";
import type { Desk } from "./desk.ts";
import type { Store } from "./store.ts";

export interface FeedbackActions {
  /** Sends the answer, or asks for the right label first where it depends on this reason. */
  readonly callWrong: (reason: Reason) => void;
  readonly chooseLabel: (reason: Reason, label: LabelId) => void;
  readonly cancelAnswer: (reason: Reason) => void;
  readonly sendAgain: (reason: Reason) => void;
  readonly undoAnswer: (reason: Reason) => void;
}

export interface FeedbackPorts {
  readonly api: Pick<Api, "sendFeedback">;
  readonly desk: Pick<Desk, "read" | "keepFeedback">;
  readonly store: Store;
}

export function createFeedbackActions(ports: FeedbackPorts): FeedbackActions {
  const desk = new FeedbackDesk(ports);
  return {
    callWrong: (reason) => {
      const { assessment, feedback } = ports.store.get();
      if (assessment === null) {
        return;
      }
      if (needsLabel(assessment, reason, feedback)) {
        desk.mark(reason, "asking");
      } else {
        desk.send(reason, statedLabel(assessment, feedback));
      }
    },
    chooseLabel: (reason, label) => {
      desk.send(reason, label);
    },
    cancelAnswer: (reason) => {
      desk.forget(reason);
    },
    sendAgain: (reason) => {
      desk.send(reason, null);
    },
    undoAnswer: (reason) => {
      desk.undo(reason);
    },
  };
}

class FeedbackDesk {
  readonly #ports: FeedbackPorts;
  /** Answers go out one after the other: each holds all that was said before. */
  #last: Promise<void> = Promise.resolve();

  constructor(ports: FeedbackPorts) {
    this.#ports = ports;
  }

  mark(reason: Reason, standing: Standing, trouble: string | null = null): void {
    const { assessment, feedback } = this.#ports.store.get();
    const key = reasonKey(reason);
    const codes = feedback.answers[key]?.codes ?? (assessment === null ? [] : codesOf(assessment, reason));
    this.#keep(withAnswer(feedback, key, { standing, codes, trouble }));
  }

  forget(reason: Reason): void {
    this.#keep(withAnswer(this.#ports.store.get().feedback, reasonKey(reason), null));
  }

  /** `label` is the right one; null for the one that was stated before. */
  send(reason: Reason, label: LabelId | null): void {
    const { assessment, feedback } = this.#ports.store.get();
    const right = label === null ? {} : { right: label, suggested: assessment?.label ?? null };
    this.#keep({ ...feedback, id: feedback.id ?? assessment?.id ?? null, ...right });
    this.mark(reason, "sending");
    this.#post(() => {
      this.mark(reason, "sent");
      this.say("sent");
    }, (code) => {
      this.mark(reason, "failed", code);
      this.say("failed", code);
    });
  }

  undo(reason: Reason): void {
    this.mark(reason, "undoing");
    this.#post(() => {
      this.forget(reason);
      this.say("undone");
    }, (code) => {
      this.mark(reason, "sent", code);
      this.say("failed", code);
    });
  }

  say(kind: Notice["kind"], trouble: string | null = null): void {
    const { store } = this.#ports;
    store.change({ notice: noticeAfter(store.get().notice, { kind, trouble }) });
  }

  #post(done: () => void, failed: (code: string) => void): void {
    this.#last = this.#last.then(() => this.#exchange()).then(done, (error: unknown) => {
      failed(codeOf(error));
    });
  }

  async #exchange(): Promise<void> {
    const { api, desk, store } = this.#ports;
    const draft = await desk.read();
    const { assessment, feedback } = store.get();
    const findings = feedbackFindings(feedback);
    const label = isTakenBack(feedback) || feedback.right === null ? assessment?.label ?? "none" : feedback.right;
    await api.sendFeedback({ id: feedback.id ?? "", label, findings, draft });
  }

  #keep(feedback: Feedback): void {
    this.#ports.store.change({ feedback });
    // Where the client keeps nothing, the answer lives as long as the pane.
    void this.#ports.desk.keepFeedback(feedback).catch(() => false);
  }
}
