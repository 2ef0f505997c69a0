/**
 * The recipients from two answers. An assessment knows the label and the text, and so what follows from each recipient, but holds no name
 * and no address. The recipient check holds those, with sentences, but knows nothing of the text.
 */

import type { Recipient } from "../contract/draft.ts";
import type { RecipientCheck, RecipientChecks, RecipientConcern } from "../contract/recipients.ts";
import { addressKey } from "./recipientSet.ts";

export interface RecipientDetails {
  /** Null when the recipient check gave no answer. */
  readonly checks: RecipientChecks | null;
  /** It was refused because the directory wants a renewed sign-in. */
  readonly signInAgain: boolean;
}

/** The assessment's word with the addresses of the draft that it is about, in whose order it stands; null when the two do not fit. */
export function addressed(checks: RecipientChecks | null, recipients: readonly Recipient[]): RecipientChecks | null {
  if (checks?.each.length !== recipients.length) {
    return null;
  }
  const each = checks.each.map((check, index) => ({ ...check, address: check.address || (recipients[index]?.address ?? "") }));
  return { ...checks, each };
}

/**
 * Each recipient's facts and sentences added to what follows from it. While it is being asked who they are (`lookingUp`), those of
 * whom that is not known are left out: nobody is to be confirmed by the address alone a moment before the name comes.
 */
export function joined(judged: RecipientChecks | null, details: RecipientDetails | null, lookingUp: boolean): RecipientChecks | null {
  if (judged === null) {
    return null;
  }
  const facts = new Map(details?.checks?.each.map((check) => [addressKey(check.address), check]) ?? []);
  const isShown = (check: RecipientCheck): boolean => !lookingUp || facts.has(addressKey(check.address));
  const each = judged.each.filter(isShown).map((check) => {
    const known = facts.get(addressKey(check.address));
    return known === undefined ? withReason(check, details?.signInAgain === true) : withFacts(check, known);
  });
  return { ...judged, each, concerns: worded(judged.concerns, details?.checks?.concerns ?? []) };
}

function withReason(check: RecipientCheck, signInAgain: boolean): RecipientCheck {
  return signInAgain && check.verdict === "unverifiable" ? { ...check, reason: "sign_in_again" } : check;
}

/** Where the two disagree on who it is (the directory has come back, or gone), what follows stands and nothing is said of why. */
function withFacts(check: RecipientCheck, known: RecipientCheck): RecipientCheck {
  const agrees = check.verdict === known.verdict;
  const silent = check.verdict === "unverifiable" ? "directory_slow" : null;
  return {
    ...known,
    verdict: check.verdict,
    decision: check.decision,
    needs_thought: check.needs_thought,
    reason: agrees ? known.reason : silent,
    advice: agrees ? known.advice : "",
    advice_en: agrees ? known.advice_en : "",
    concerns: worded(check.concerns, known.concerns),
  };
}

/** The sentences of the concerns with the same code. */
function worded(concerns: readonly RecipientConcern[], words: readonly RecipientConcern[]): RecipientConcern[] {
  return concerns.map((concern) => {
    const same = words.find((one) => one.code === concern.code);
    return same === undefined || concern.text !== "" ? concern : { ...concern, text: same.text, text_en: same.text_en };
  });
}
