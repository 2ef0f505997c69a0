import type { SendDecision } from "../contract/assessment.ts";

const STRICTNESS: readonly SendDecision[] = ["allow", "prompt", "block"];

/** From 0 for what goes to 2 for what is held. */
export function strictness(decision: SendDecision): number {
  return STRICTNESS.indexOf(decision);
}

/** `allow` where there is nothing to choose from. */
export function strictest(decisions: readonly SendDecision[]): SendDecision {
  return STRICTNESS[Math.max(0, ...decisions.map(strictness))] ?? "allow";
}
