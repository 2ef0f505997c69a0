/** What the sender has said of the reasons in this draft. Codes only: nothing of the draft is kept here. */

import type { Assessment, Reason } from "../contract/assessment.ts";
import { LABEL_ORDER, type LabelId } from "../contract/draft.ts";
import type { FeedbackFinding } from "../contract/feedback.ts";
import { findingsOf, reasonKey } from "./reasons.ts";

/** `asking` for the right label, on its way, not arrived, arrived, being taken back. */
export type Standing = "asking" | "sending" | "failed" | "sent" | "undoing";

export interface ReasonAnswer {
  readonly standing: Standing;
  /** Rules and categories of the reason when it was called wrong. */
  readonly codes: readonly Pick<FeedbackFinding, "rule" | "category">[];
  /** Why the answer, or taking it back, did not get through. */
  readonly trouble: string | null;
}

export interface Feedback {
  /** The assessment that is answered: the same for all answers in one draft, since the last answer for an id counts. */
  readonly id: string | null;
  /** The label that the sender calls right, and the one that was suggested then. */
  readonly right: LabelId | null;
  readonly suggested: LabelId | null;
  readonly answers: Readonly<Record<string, ReasonAnswer>>;
}

export const NO_FEEDBACK: Feedback = { id: null, right: null, suggested: null, answers: {} };

/** What became of a request to forward. */
export type RequestNews = "asked" | "approved" | "partly" | "refused" | "expired" | "withdrawn" | "used" | "request_failed";

/** Something to tell a screen reader once. `serial` tells two alike apart. */
export interface Notice {
  readonly serial: number;
  readonly kind: "sent" | "undone" | "failed" | "swapped" | "removed" | RequestNews;
  readonly trouble: string | null;
  /** Whom it is about, where it is about a recipient. */
  readonly name?: string;
}

/** A notice that follows `last`. */
export function noticeAfter(last: Notice | null, fields: Omit<Notice, "serial">): Notice {
  return { serial: (last?.serial ?? 0) + 1, ...fields };
}

const DENIED: readonly Standing[] = ["sending", "failed", "sent"];
/** Not part of what is sent: no answer yet, or one that waits for "try again". */
const HELD_BACK: readonly Standing[] = ["asking", "failed"];

/** Whether the label would fall with this reason, so that only the sender can say which one is right. */
export function needsLabel(assessment: Assessment, reason: Reason, feedback: Feedback): boolean {
  if (reason.role !== "shares") {
    return reason.role === "decides";
  }
  const others = assessment.reasons.filter((other) => other !== reason && other.role !== "adds");
  return others.every((other) => isDenied(feedback.answers[reasonKey(other)]));
}

/** Labels to choose among: the suggested one and those below it. */
export function labelChoices(suggested: LabelId): LabelId[] {
  return LABEL_ORDER.slice(0, LABEL_ORDER.indexOf(suggested) + 1);
}

/** The label to send with an answer that asks for none. */
export function statedLabel(assessment: Assessment, feedback: Feedback): LabelId {
  return feedback.suggested === assessment.label ? feedback.right ?? assessment.label : assessment.label;
}

export function codesOf(assessment: Assessment, reason: Reason): ReasonAnswer["codes"] {
  const codes = new Map(findingsOf(assessment, reason.findings).map(({ rule, category }) => [rule, { rule, category }]));
  return [...codes.values()];
}

export function withAnswer(feedback: Feedback, key: string, answer: ReasonAnswer | null): Feedback {
  const answers: Record<string, ReasonAnswer> = { ...feedback.answers };
  if (answer === null) {
    Reflect.deleteProperty(answers, key);
  } else {
    answers[key] = answer;
  }
  return { ...feedback, answers };
}

/** Every reason that was called wrong in this draft, and those that are taken back. */
export function feedbackFindings(feedback: Feedback): FeedbackFinding[] {
  return Object.values(feedback.answers)
    .filter((answer) => !HELD_BACK.includes(answer.standing))
    .flatMap((answer) => answer.codes.map((code) => ({ ...code, right: !isDenied(answer) })));
}

/** Whether nothing is called wrong any more: then the suggestion was right. */
export function isTakenBack(feedback: Feedback): boolean {
  return feedbackFindings(feedback).every((finding) => finding.right)
    && !Object.values(feedback.answers).some((answer) => answer.standing === "sending");
}

function isDenied(answer: ReasonAnswer | undefined): boolean {
  return answer !== undefined && DENIED.includes(answer.standing);
}
