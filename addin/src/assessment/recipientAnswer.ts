/** The server's word of the recipients, read with care: what is missing or strange counts as not checked, never as verified. */

import type { SendDecision } from "../contract/assessment.ts";
import type {
  DirectoryPerson, EntryKind, MailTips, MeantPerson, Members, NotTold, RecipientCheck, RecipientChecks, RecipientConcern, RecipientVerdict,
  ToConfirm,
} from "../contract/recipients.ts";

type Fields = Readonly<Record<string, unknown>>;

const VERDICTS: readonly RecipientVerdict[] = [
  "verified", "other_unit", "group", "external", "unknown", "disabled", "lookalike", "private", "unverifiable",
];
const REASONS: readonly NotTold[] = [
  "not_an_address", "no_directory", "directory_down", "directory_slow", "directory_busy", "directory_not_permitted", "sign_in_again",
];
const DECISIONS: readonly SendDecision[] = ["allow", "prompt", "block"];
const KINDS: readonly EntryKind[] = ["person", "group", "shared_mailbox", "room", "contact"];
const TO_CONFIRM: readonly ToConfirm[] = ["each", "questioned", "none"];

/** Null when there is no such answer. */
export function readRecipientChecks(answer: unknown): RecipientChecks | null {
  if (!isFields(answer) || !Array.isArray(answer["each"])) {
    return null;
  }
  return {
    each: answer["each"].filter(isFields).map(readCheck),
    concerns: listOf(answer["concerns"], readConcern),
    to_confirm: oneOf(TO_CONFIRM, answer["to_confirm"]) ?? "each",
  };
}

/** What stands in for an address that the server has said nothing of. */
export function uncheckedRecipient(address: string): RecipientCheck {
  return {
    address, verdict: "unverifiable", reason: null, decision: "prompt", person: null, members: null, mail_tips: null,
    resembles: "", organisation: "", concerns: [], meant: [], advice: "", advice_en: "", needs_thought: true,
  };
}

function readCheck(fields: Fields): RecipientCheck {
  const verdict = oneOf(VERDICTS, fields["verdict"]) ?? "unverifiable";
  return {
    address: textOf(fields["address"]),
    verdict,
    reason: oneOf(REASONS, fields["reason"]),
    decision: oneOf(DECISIONS, fields["decision"]) ?? "prompt",
    person: isFields(fields["person"]) ? readPerson(fields["person"]) : null,
    members: isFields(fields["members"]) ? readMembers(fields["members"]) : null,
    mail_tips: isFields(fields["mail_tips"]) ? readTips(fields["mail_tips"]) : null,
    resembles: textOf(fields["resembles"]),
    organisation: textOf(fields["organisation"]),
    concerns: listOf(fields["concerns"], readConcern),
    meant: listOf(fields["meant"], readMeant),
    advice: textOf(fields["advice"]),
    advice_en: textOf(fields["advice_en"]),
    needs_thought: typeof fields["needs_thought"] === "boolean" ? fields["needs_thought"] : verdict !== "verified",
  };
}

function readPerson(fields: Fields): DirectoryPerson {
  return {
    kind: oneOf(KINDS, fields["kind"]) ?? "person",
    address: textOf(fields["address"]),
    name: textOf(fields["name"]),
    title: textOf(fields["title"]),
    department: textOf(fields["department"]),
    office: textOf(fields["office"]),
    company: textOf(fields["company"]),
    manager: textOf(fields["manager"]),
    enabled: fields["enabled"] !== false,
    guest: fields["guest"] === true,
    committee: textOf(fields["committee"]),
    branch: textOf(fields["branch"]),
  };
}

function readMembers(fields: Fields): Members {
  return {
    count: countOf(fields["count"]),
    external: countOf(fields["external"]),
    at_least: fields["at_least"] === true,
    external_names: Array.isArray(fields["external_names"]) ? fields["external_names"].map(textOf).filter((name) => name !== "") : [],
  };
}

function readTips(fields: Fields): MailTips {
  return {
    automatic_reply: fields["automatic_reply"] === true,
    mailbox_full: fields["mailbox_full"] === true,
    moderated: fields["moderated"] === true,
  };
}

function readConcern(fields: Fields): RecipientConcern {
  return {
    code: textOf(fields["code"]),
    decision: oneOf(DECISIONS, fields["decision"]) ?? "prompt",
    text: textOf(fields["text"]),
    text_en: textOf(fields["text_en"]),
  };
}

function readMeant(fields: Fields): MeantPerson {
  return {
    address: textOf(fields["address"]),
    name: textOf(fields["name"]),
    title: textOf(fields["title"]),
    department: textOf(fields["department"]),
  };
}

function listOf<T>(value: unknown, read: (fields: Fields) => T): T[] {
  return Array.isArray(value) ? value.filter(isFields).map(read) : [];
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | null {
  return known.find((code) => code === value) ?? null;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function countOf(value: unknown): number | null {
  return typeof value === "number" && value >= 0 ? value : null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
