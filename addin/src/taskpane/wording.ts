/** Names and sentences that several parts of the pane share. */

import type { Finding, Obligation, Place, Reason } from "../contract/assessment.ts";
import type { Policy, PolicyGround, PolicyLabel, PolicySource } from "../contract/policy.ts";
import type { PaneView } from "../assessment/view.ts";
import type { TextKey, Texts } from "../l10n/texts.ts";

export function labelName(label: PolicyLabel, texts: Texts): string {
  return texts.language === "en" ? label.name_en : label.name;
}

export function groundText(ground: PolicyGround, texts: Texts): string {
  return texts.language === "en" ? ground.text_en : ground.text;
}

export function categoryName(policy: Policy | null, id: string, texts: Texts): string {
  const category = policy?.categories.find((entry) => entry.id === id);
  return (texts.language === "en" ? category?.name_en : category?.name) ?? id;
}

/** The server's sentence says more than ours, but it exists in Swedish only. */
export function obligationText(obligation: Obligation, texts: Texts): string {
  const own = texts.text(`obligation.${obligation.code}` as TextKey);
  return texts.language === "sv" && obligation.text !== "" ? obligation.text : own || obligation.text;
}

/** What is left before the draft can go, in one line. */
export function leftText(view: PaneView, texts: Texts): string {
  if (view.left === 0) {
    return texts.text(view.decision === "allow" ? "done.plain" : "done.asked");
  }
  const many = view.left === 1 ? "one" : "many";
  return texts.text(view.decision === "block" ? `left.blocked.${many}` : `left.${many}`, { count: view.left });
}

/** The first of these sources that the policy knows, null when it knows none. The server names the most telling one first. */
export function sourceOf(policy: Policy | null, ids: readonly string[]): PolicySource | null {
  const known = ids.map((id) => policy?.sources.find((entry) => entry.id === id));
  return known.find((source) => source !== undefined) ?? null;
}

/** The documents behind the findings with their sections, one line for each document. */
export function sourceLines(policy: Policy | null, findings: readonly Finding[], texts: Texts): string[] {
  const sections = new Map<string, Set<string>>();
  for (const finding of findings) {
    const source = sourceOf(policy, finding.source);
    if (source !== null) {
      sections.set(source.document, (sections.get(source.document) ?? new Set()).add(source.section));
    }
  }
  return [...sections].map(([document, names]) => texts.text("reasons.source", { document, sections: [...names].join(", ") }));
}

/** Where in the draft a part is, in words. */
export function partText(part: string, texts: Texts): string {
  const [kind = "", index] = part.split(":");
  const number = index === undefined ? "" : Number(index) + 1;
  return texts.text(`reasons.part.${kind}` as TextKey, { number });
}

/** Parts that are long enough for it to help to know which sentence. */
const WITH_SENTENCES: readonly string[] = ["body", "quoted", "attachment"];
const MOST_NUMBERS = 4;

/** Where in the draft these sentences are: "sentences 2 and 5 in the text". */
export function placesText(places: readonly Place[], texts: Texts): string {
  const parts = new Map<string, number[]>();
  for (const { part, number } of places) {
    const known = parts.get(part) ?? [];
    parts.set(part, number === null ? known : [...known, number]);
  }
  return [...parts].map(([part, numbers]) => placeText(part, numbers, texts)).join(", ");
}

function placeText(part: string, numbers: readonly number[], texts: Texts): string {
  const where = partText(part, texts);
  if (numbers.length === 0 || !WITH_SENTENCES.includes(part.split(":")[0] ?? "")) {
    return where;
  }
  const key = numbers.length === 1 ? "reasons.sentence.one" : "reasons.sentence.many";
  return texts.text(key, { numbers: listed(numbers, texts), part: where });
}

function listed(numbers: readonly number[], texts: Texts): string {
  const shown = [...numbers].sort((one, other) => one - other).slice(0, MOST_NUMBERS).map(String);
  if (numbers.length > MOST_NUMBERS) {
    return `${shown.join(", ")} …`;
  }
  const last = shown.pop() ?? "";
  return shown.length === 0 ? last : `${shown.join(", ")} ${texts.text("reasons.and")} ${last}`;
}

/** What a reason is about, in a word or two. */
export function reasonTitle(reason: Reason, policy: Policy | null, texts: Texts): string {
  const names = reason.categories.map((category) => categoryName(policy, category, texts));
  return names.length === 0 ? texts.text("reasons.whole") : names.join(", ");
}
