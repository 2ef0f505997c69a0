/** The item being composed, and what the client can do with it. */

import { CodedError } from "../errors.ts";

export type ComposeItem = Office.MessageCompose | Office.AppointmentCompose;

/** The open item; null when the pane is open but no item is (a pinned pane between two mails, a plain browser). */
export function openItem(): ComposeItem | null {
  const mailbox = (Office.context as Office.Context | undefined)?.mailbox;
  return (mailbox?.item as unknown as ComposeItem | null | undefined) ?? null;
}

/** The open item. Throws `office_no_item` when there is none. */
export function currentItem(): ComposeItem {
  const item = openItem();
  if (item === null) {
    throw new CodedError("office_no_item");
  }
  return item;
}

export function isAppointment(item: ComposeItem): item is Office.AppointmentCompose {
  const { Appointment } = Office.MailboxEnums.ItemType;
  return (item.itemType as unknown) === Appointment;
}

/** Whether the client has this Mailbox requirement set. Never throws: a client that cannot even tell has the least. */
export function supports(version: string): boolean {
  try {
    return Office.context.requirements.isSetSupported("Mailbox", version);
  } catch {
    return false;
  }
}
