/** The reasons behind a suggestion, most telling first, each kind of reason once. */

import type { Assessment, Finding } from "../contract/assessment.ts";

/** How many reasons are shown before "show more". */
export const FIRST_REASONS = 3;

/** Categories that alone decide the strictest label come first, identifiers last. Source: the default label rules. */
const WEIGHT: Readonly<Record<string, number>> = {
  protected_identity: 0,
  genetic: 1,
  biometric: 1,
  sex_life: 1,
  social_services: 2,
  criminal: 2,
  health: 3,
  photo: 8,
  personnummer: 9,
};
const MIDDLE_WEIGHT = 5;

/** Findings said of a person, without repetitions (same category, same masked excerpt), ranked by weight, then confidence, then place. */
export function rankReasons(assessment: Pick<Assessment, "findings">): Finding[] {
  const seen: string[] = [];
  const reasons: Finding[] = [];
  for (const finding of assessment.findings) {
    const key = `${finding.category}|${finding.excerpt.trim().toLowerCase()}`;
    if (finding.about_person && !seen.includes(key)) {
      seen.push(key);
      reasons.push(finding);
    }
  }
  return reasons.sort(compare);
}

function compare(one: Finding, other: Finding): number {
  return weight(one) - weight(other) || other.confidence - one.confidence || one.start - other.start;
}

function weight(finding: Finding): number {
  return WEIGHT[finding.category] ?? MIDDLE_WEIGHT;
}
