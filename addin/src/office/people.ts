/** Sender and recipients of the open item. Office gives only recipients that Outlook has resolved. */

import type { Mailbox, Recipient, RecipientRole } from "../contract/draft.ts";
import { call, orElse } from "./calls.ts";
import { isAppointment, supports, type ComposeItem } from "./item.ts";

export interface RecipientField {
  readonly role: RecipientRole;
  readonly field: Office.Recipients;
}

export function recipientFields(item: ComposeItem): RecipientField[] {
  return isAppointment(item)
    ? [{ role: "required", field: item.requiredAttendees }, { role: "optional", field: item.optionalAttendees }]
    : [{ role: "to", field: item.to }, { role: "cc", field: item.cc }, { role: "bcc", field: item.bcc }];
}

export async function readRecipients(item: ComposeItem): Promise<Recipient[]> {
  const lists = await Promise.all(recipientFields(item).map(({ role, field }) => readField(role, field)));
  return lists.reduce((all, list) => all.concat(list), []);
}

async function readField(role: RecipientRole, field: Office.Recipients): Promise<Recipient[]> {
  const people = await call<Office.EmailAddressDetails[]>(`${role}.getAsync`, (done) => {
    field.getAsync(done);
  });
  return people.map((person) => ({ address: person.emailAddress, name: person.displayName, role }));
}

/** Classic Outlook lists a new booking's organizer among its attendees, who receives nothing by it. */
export function withoutSender(recipients: readonly Recipient[], sender: Mailbox | null): Recipient[] {
  const own = sender?.address.toLowerCase();
  return recipients.filter((recipient) => recipient.address.toLowerCase() !== own);
}

/** The address that the item goes out from; the signed-in user's own where the client cannot tell. */
export async function readSender(item: ComposeItem): Promise<Mailbox | null> {
  const profile = Office.context.mailbox.userProfile as Office.UserProfile | undefined;
  const own = profile ? { address: profile.emailAddress, name: profile.displayName } : null;
  if (!supports("1.7")) {
    return own;
  }
  const field = isAppointment(item) ? item.organizer : item.from;
  const asked = call<Office.EmailAddressDetails>("from.getAsync", (done) => {
    field.getAsync(done);
  });
  const from = await orElse<Office.EmailAddressDetails | null>(asked, null);
  return from ? { address: from.emailAddress, name: from.displayName } : own;
}
