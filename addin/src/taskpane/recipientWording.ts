/** Sentences about recipients. */

import type { DirectoryTrouble, ShownRecipient } from "../assessment/recipientsView.ts";
import type { DirectoryPerson, MailTips, MeantPerson, Members, RecipientCheck, RecipientConcern } from "../contract/recipients.ts";
import type { TextKey, Texts } from "../l10n/texts.ts";

/** What to call a recipient: the name, else the address. */
export function calledName(one: Pick<ShownRecipient, "name" | "check">): string {
  return one.name || one.check.address;
}

export function verdictWord(check: RecipientCheck, texts: Texts): string {
  return texts.text(`recipients.verdict.${check.verdict}`);
}

/** Of a sentence in two languages, the reader's own; the other where that is missing. */
export function inLanguage(texts: Texts, swedish: string, english: string): string {
  return texts.language === "en" ? english || swedish : swedish || english;
}

/** `told` stands above all the cards already. */
export function adviceText(check: RecipientCheck, told: DirectoryTrouble | null, texts: Texts): string {
  const said = check.reason !== null && check.reason === told ? "" : inLanguage(texts, check.advice, check.advice_en);
  return said === "" && check.verdict === "unverifiable" && check.reason === null ? texts.text("recipients.not_told.unknown") : said;
}

/** What the text of the draft gives cause to think of has no sentence of the server's: an assessment names nobody. */
export function concernText(concern: RecipientConcern, texts: Texts): string {
  const said = inLanguage(texts, concern.text, concern.text_en);
  return said || texts.text(`recipients.concern.${concern.code}` as TextKey) || texts.text("recipients.concern.other");
}

export function troubleText(reason: DirectoryTrouble, texts: Texts): string {
  return texts.text(`recipients.not_told.${reason}`);
}

/** Title and unit, as far as the directory knows them. `organisation` is the known one behind an external domain. */
export function unitLine(check: RecipientCheck, texts: Texts): string {
  const { person, organisation } = check;
  if (person === null) {
    return organisation;
  }
  // That it is a group is the verdict.
  const kind = person.kind === "person" || check.verdict === "group" ? "" : texts.text(`recipients.kind.${person.kind}`);
  const guest = person.guest ? texts.text("recipients.guest") : "";
  // Within the municipality every company is the same.
  const company = person.guest || person.kind === "contact" ? person.company || organisation : "";
  // The advice on another unit names the committee.
  const committee = check.verdict === "other_unit" ? "" : person.committee;
  return joined([kind, guest, person.title, person.department, committee, company]);
}

/** What else tells two people of the same name apart. */
export function whereLine(person: DirectoryPerson | null, texts: Texts): string {
  return person === null ? "" : joined([person.office, person.manager === "" ? "" : texts.text("recipients.manager", { name: person.manager })]);
}

export function meantLine(meant: MeantPerson): string {
  return joined([meant.title, meant.department]);
}

function joined(parts: readonly string[]): string {
  return [...new Set(parts.filter((part) => part !== ""))].join(" · ");
}

/** How many people a group reaches: "42 people, 1 of them outside the municipality: Eva Ek". Empty where a concern says it already. */
export function membersText({ members, concerns }: RecipientCheck, texts: Texts): string {
  const says = (code: string): boolean => concerns.some((concern) => concern.code === code);
  if (members === null || (members.count === null && says("members_unknown"))) {
    return "";
  }
  const outside = outsideText(peopleText(members, texts), members, texts);
  if (members.external_names.length === 0 || says("external_members")) {
    return outside;
  }
  const some = (members.external ?? 0) > members.external_names.length || members.at_least;
  return texts.text(some ? "recipients.group.named_more" : "recipients.group.named", { count: outside, names: members.external_names.join(", ") });
}

function peopleText({ count, at_least }: Members, texts: Texts): string {
  if (count === null) {
    return texts.text("recipients.group.uncounted");
  }
  if (at_least) {
    return texts.text("recipients.group.least", { count: grouped(count) });
  }
  return count === 1 ? texts.text("recipients.group.one") : texts.text("recipients.group.many", { count: grouped(count) });
}

function outsideText(count: string, { external, at_least }: Members, texts: Texts): string {
  if (external === null || external === 0) {
    return count;
  }
  if (at_least) {
    return texts.text("recipients.group.outside_least", { count, external: grouped(external) });
  }
  return external === 1
    ? texts.text("recipients.group.outside_one", { count })
    : texts.text("recipients.group.outside", { count, external: grouped(external) });
}

/** Thousands apart, by a space that does not break, as both languages allow. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
}

/** What happens to a mail there, unless a concern says so already. */
export function tipTexts(check: RecipientCheck, texts: Texts): string[] {
  const { mail_tips: tips, concerns } = check;
  if (tips === null) {
    return [];
  }
  const names: readonly (keyof MailTips)[] = ["automatic_reply", "mailbox_full", "moderated"];
  return names
    .filter((name) => tips[name] && !concerns.some((concern) => concern.code === name))
    .map((name) => texts.text(`recipients.tip.${name}`));
}

export function waitingText(count: number, texts: Texts): string {
  return texts.text(count === 1 ? "recipients.waiting.one" : "recipients.waiting.many", { count });
}

/** What the folded are called, in one line. */
export function restTitle(rest: readonly ShownRecipient[], asksOfThem: boolean, texts: Texts): string {
  const unchecked = rest.filter((one) => one.check.verdict === "unverifiable").length;
  if (unchecked > 0) {
    return texts.text(unchecked === rest.length ? "recipients.rest.unchecked" : "recipients.rest.partly", { count: rest.length, unchecked });
  }
  const areColleagues = asksOfThem && rest.every(({ check }) => check.verdict === "verified" && (check.person?.kind ?? "person") === "person");
  const keys: readonly [TextKey, TextKey] = areColleagues
    ? ["recipients.rest.colleague", "recipients.rest.colleagues"]
    : ["recipients.rest.checked_one", "recipients.rest.checked_many"];
  return texts.text(rest.length === 1 ? keys[0] : keys[1], { count: rest.length });
}

/** The one question about all that are folded. */
export function restQuestion(rest: readonly ShownRecipient[], texts: Texts): string {
  const [first] = rest;
  if (rest.length === 1 && first !== undefined) {
    return texts.text("recipients.rest.confirm_one", { name: calledName(first) });
  }
  return rest.length === 2 ? texts.text("recipients.rest.confirm_both") : texts.text("recipients.rest.confirm_all", { count: rest.length });
}
