/** The address book: sample people of the municipality and a few outsiders. */

import type { SimulatedRecipient } from "../fakeOffice/simulatedItem.ts";
import contacts from "../samples/contacts.json";

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** What the person works as. */
  readonly title?: string;
  readonly role: "employee" | "approver" | "data_protection_officer" | "administrator";
  readonly token: string;
}

export interface Entry {
  readonly name: string;
  readonly address: string;
}

const MOST_SUGGESTIONS = 6;

/** Everyone that the field suggests; the municipality's own people first. */
export function addressBook(people: readonly Person[]): Entry[] {
  return [...people.map(({ name, address }) => ({ name, address })), ...contacts];
}

export function suggest(book: readonly Entry[], typed: string): Entry[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") {
    return [];
  }
  const matches = (entry: Entry): boolean =>
    entry.address.toLowerCase().startsWith(wanted) || entry.name.toLowerCase().split(" ").some((word) => word.startsWith(wanted))
    || entry.name.toLowerCase().startsWith(wanted);
  return book.filter(matches).slice(0, MOST_SUGGESTIONS);
}

/** Resolves what was typed as Outlook does: a known name or address, any complete address, else nothing (an empty address). */
export function resolve(book: readonly Entry[], typed: string): SimulatedRecipient {
  const wanted = typed.trim();
  const key = wanted.toLowerCase();
  const known = book.find((entry) => entry.name.toLowerCase() === key || entry.address.toLowerCase() === key);
  if (known) {
    return known;
  }
  const candidates = suggest(book, wanted);
  if (candidates.length === 1 && candidates[0]) {
    return candidates[0];
  }
  return isAddress(wanted) ? { name: "", address: wanted } : { name: wanted, address: "" };
}

function isAddress(text: string): boolean {
  const [local, domain, ...more] = text.split("@");
  return more.length === 0 && !!local && !!domain && domain.includes(".") && !/\s/.test(text) && !domain.endsWith(".");
}

/** `GET /demo/people`; empty when the demo service does not answer. */
export async function fetchPeople(): Promise<Person[]> {
  try {
    const reply = await fetch("/demo/people", { headers: { Accept: "application/json" } });
    return reply.ok ? ((await reply.json()) as { people: Person[] }).people : [];
  } catch {
    return [];
  }
}
