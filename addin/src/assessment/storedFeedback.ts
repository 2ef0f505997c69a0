/** Feedback as it lies in the draft's session data. */

import { isLabelId } from "../contract/draft.ts";
import { NO_FEEDBACK, type Feedback, type ReasonAnswer } from "./feedback.ts";

/** What was stored, checked. What was on its way then has not arrived as far as anybody knows. */
export function readFeedback(stored: unknown): Feedback {
  if (!isObject(stored) || typeof stored["id"] !== "string" || !isObject(stored["answers"])) {
    return NO_FEEDBACK;
  }
  const answers: Record<string, ReasonAnswer> = {};
  for (const [key, value] of Object.entries(stored["answers"])) {
    const answer = readAnswer(value);
    if (answer !== null) {
      answers[key] = answer;
    }
  }
  return { id: stored["id"], right: labelOf(stored["right"]), suggested: labelOf(stored["suggested"]), answers };
}

function readAnswer(value: unknown): ReasonAnswer | null {
  if (!isObject(value) || !Array.isArray(value["codes"]) || value["standing"] === "asking") {
    return null;
  }
  const codes = value["codes"].filter(isObject).map((code) => ({ rule: String(code["rule"]), category: String(code["category"]) }));
  const arrived = value["standing"] === "sent" || value["standing"] === "undoing";
  return { standing: arrived ? "sent" : "failed", codes, trouble: arrived ? null : "unreachable" };
}

function labelOf(value: unknown): Feedback["right"] {
  return isLabelId(value) ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
