/** The reasons behind a suggestion, as the server ranks them, and where in the draft they stand. */

import type { Assessment, Finding, Place, Reason } from "../contract/assessment.ts";

/** How many reasons are shown before "show more". */
export const FIRST_REASONS = 3;
const MOST_EXCERPTS = 2;

/** The same for the same reason in a later assessment of the draft. */
export function reasonKey(reason: Reason): string {
  return reason.rules[0] ?? reason.text;
}

export function findingsOf(assessment: Pick<Assessment, "findings">, indices: readonly number[]): Finding[] {
  return indices.map((index) => assessment.findings[index]).filter((finding) => finding !== undefined);
}

/** Masked excerpts that say something, each once, a few at most. */
export function excerptsOf(assessment: Pick<Assessment, "findings">, reason: Reason): string[] {
  const excerpts = findingsOf(assessment, reason.findings).map((finding) => finding.excerpt.trim());
  return [...new Set(excerpts)].filter((excerpt) => excerpt.replaceAll("•", "").trim() !== "").slice(0, MOST_EXCERPTS);
}

/** The sentences that hold these findings, in the order of the reasons. */
export function placesOf(assessment: Pick<Assessment, "findings" | "reasons">, indices: readonly number[]): Place[] {
  const findings = findingsOf(assessment, indices);
  const holds = (place: Place): boolean =>
    findings.some((finding) => finding.part === place.part && finding.start >= place.start && finding.start < place.end);
  const places = new Map<string, Place>();
  for (const place of assessment.reasons.flatMap((reason) => reason.places).filter(holds)) {
    places.set(`${place.part} ${String(place.start)}`, place);
  }
  return [...places.values()];
}
