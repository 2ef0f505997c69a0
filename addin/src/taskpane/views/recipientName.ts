import { html, nothing, type TemplateResult } from "lit-html";
import { avatarColour, differenceFrom, domainOf, initials, localPart } from "../../assessment/identity.ts";
import type { ShownRecipient } from "../../assessment/recipientsView.ts";
import type { RecipientCheck, RecipientVerdict } from "../../contract/recipients.ts";
import type { Texts } from "../../l10n/texts.ts";
import { verdictWord } from "../recipientWording.ts";
import { checkIcon, groupIcon, outsideIcon, stopIcon, todoIcon, unitIcon, unknownIcon, warningIcon } from "./icons.ts";

/** Initials in a circle: decoration, the name stands beside it. */
export function avatar(one: ShownRecipient): TemplateResult {
  return html`<span class="avatar avatar-${avatarColour(one.key)}" aria-hidden="true">${initials(one.name, one.check.address)}</span>`;
}

/** The whole address, its domain clearly set apart; of a lookalike, the letters that differ. */
export function fullAddress(check: RecipientCheck): TemplateResult {
  const domain = domainOf(check.address);
  const local = localPart(check.address);
  // Breaks after the at sign rather than in the middle of a word.
  return html`<span class="address" data-address=${check.address} translate="no">${local}${domain === "" ? nothing : html`@<wbr><strong>${marked(domain, check.resembles)}</strong>`}</span>`;
}

function marked(domain: string, other: string): unknown {
  if (other === "") {
    return domain;
  }
  const { before, differs, after } = differenceFrom(domain, other);
  return differs === "" ? domain : html`${before}<mark>${differs}</mark>${after}`;
}

/** "granvlk.example resembles granvik.example", with what differs marked in both. */
export function resemblance(check: RecipientCheck, texts: Texts): TemplateResult | typeof nothing {
  const domain = domainOf(check.address);
  if (check.resembles === "" || domain === "") {
    return nothing;
  }
  const [before = "", between = "", after = ""] = texts.text("recipients.resembles", { domain: GAP, other: GAP }).split(GAP);
  return html`
    <p class="resembles">${before}<span class="domain" translate="no">${marked(domain, check.resembles)}</span>${between}<span
      class="domain" translate="no">${marked(check.resembles, domain)}</span>${after}</p>`;
}

/** Stands where a marked domain goes into a sentence. */
const GAP = "\u0000";

const ICONS: Readonly<Record<RecipientVerdict, TemplateResult>> = {
  verified: checkIcon,
  other_unit: unitIcon,
  group: groupIcon,
  external: outsideIcon,
  unknown: unknownIcon,
  disabled: stopIcon,
  lookalike: warningIcon,
  private: outsideIcon,
  unverifiable: todoIcon,
};

/** The verdict in a word, with a sign: never by colour alone. */
export function badge(check: RecipientCheck, texts: Texts, id: string): TemplateResult {
  return html`<span class="badge badge-${check.verdict}" id=${id}>${ICONS[check.verdict]}<span>${verdictWord(check, texts)}</span></span>`;
}
