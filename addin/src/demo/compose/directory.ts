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
  readonly kind?: "person" | "group" | "shared_mailbox" | "room" | "contact";
  readonly title?: string;
  readonly department?: string;
}

const MOST_SUGGESTIONS = 6;

/** Everyone that the field suggests, each address once: the municipality's directory, else its sample people, then a few outsiders. */
export function addressBook(people: readonly Person[], directory: readonly Entry[] = []): Entry[] {
  const own = people.map(({ name, address, title = "" }) => ({ name, address, title }));
  const book = new Map<string, Entry>();
  for (const entry of [...directory, ...own, ...contacts]) {
    const key = entry.address.toLowerCase();
    book.set(key, book.get(key) ?? entry);
  }
  return [...book.values()];
}

/** Title and department, as Outlook shows them under the name; empty when the directory has neither. */
export function entryNote(entry: Entry): string {
  return [entry.title, entry.department].filter((part) => part !== undefined && part !== "").join(", ");
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
  const at = book.filter((entry) => entry.address.toLowerCase() === key);
  const named = book.filter((entry) => entry.name.toLowerCase() === key);
  // Two of the same name stay unresolved until one of them is picked.
  const candidates = [at, named, suggest(book, wanted)].find((some) => some.length > 0) ?? [];
  if (candidates.length === 1 && candidates[0]) {
    return { name: candidates[0].name, address: candidates[0].address };
  }
  return isAddress(wanted) ? { name: "", address: wanted } : { name: wanted, address: "" };
}

function isAddress(text: string): boolean {
  const [local, domain, ...more] = text.split("@");
  return more.length === 0 && !!local && !!domain && domain.includes(".") && !/\s/.test(text) && !domain.endsWith(".");
}

/** `GET /demo/people`; empty when the demo service does not answer. */
export async function fetchPeople(): Promise<Person[]> {
  return (await fetched<{ people?: Person[] }>("/demo/people"))?.people ?? [];
}

/** `GET /demo/directory`; empty when the demo service does not answer. */
export async function fetchDirectory(): Promise<Entry[]> {
  return (await fetched<{ entries?: Entry[] }>("/demo/directory"))?.entries ?? [];
}

/** JSON of the demo service; null when it does not answer. */
export async function fetched<T>(path: string): Promise<T | null> {
  try {
    const reply = await fetch(path, { headers: { Accept: "application/json" } });
    return reply.ok ? (await reply.json()) as T : null;
  } catch {
    return null;
  }
}
