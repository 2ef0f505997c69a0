/** Takes one recipient out of the open item, or puts somebody else in that place. The others keep their fields and their order. */

import type { Mailbox } from "../contract/draft.ts";
import { addressKey } from "../assessment/recipientSet.ts";
import { CodedError } from "../errors.ts";
import { call } from "./calls.ts";
import type { ComposeItem } from "./item.ts";
import { recipientFields } from "./people.ts";

/** Office takes no more in one call, and what it gives of a longer field may not be all of it. */
export const MOST_TO_WRITE = 100;

/**
 * Replaces `address` wherever it stands; `next` null only takes it out, and so does a `next` that is a recipient already. Does nothing
 * when the address is no recipient any more. Rejects with `too_many_recipients` for a field that Office cannot be trusted to write
 * whole, and as `call` does.
 */
export async function changeRecipient(item: ComposeItem, address: string, next: Mailbox | null): Promise<void> {
  const lists = await Promise.all(recipientFields(item).map(async ({ role, field }) => ({ role, field, people: await read(role, field) })));
  const present = lists.some(({ people }) => people.some((person) => isAt(person, next?.address)));
  for (const { role, field, people } of lists) {
    if (people.some((person) => isAt(person, address))) {
      await write(role, field, replaced(people, address, present ? null : next));
    }
  }
}

type Person = Office.EmailAddressDetails | Office.EmailUser;

function replaced(people: readonly Office.EmailAddressDetails[], address: string, next: Mailbox | null): Person[] {
  const put = next === null ? [] : [{ displayName: next.name, emailAddress: next.address }];
  const all = people.map((person): Person[] => (isAt(person, address) ? put : [person]));
  return all.reduce((list, some) => list.concat(some), []);
}

function isAt(person: Person, address: string | undefined): boolean {
  return address !== undefined && addressKey(person.emailAddress) === addressKey(address);
}

function read(role: string, field: Office.Recipients): Promise<Office.EmailAddressDetails[]> {
  return call<Office.EmailAddressDetails[]>(`${role}.getAsync`, (done) => {
    field.getAsync(done);
  });
}

async function write(role: string, field: Office.Recipients, people: Person[]): Promise<void> {
  if (people.length > MOST_TO_WRITE) {
    throw new CodedError("too_many_recipients", role);
  }
  await call<void>(`${role}.setAsync`, (done) => {
    field.setAsync(people, done);
  });
}
