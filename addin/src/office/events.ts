/** Item events: a hint to look at the draft sooner. The body and the subject have none, so polling remains. */

import { call, orElse } from "./calls.ts";
import { isAppointment, openItem, supports, type ComposeItem } from "./item.ts";

/** Calls `onChange` on every event that the client offers for the open item. Clients without them are simply polled. */
export async function watchItem(onChange: () => void): Promise<void> {
  const item = openItem();
  if (item !== null) {
    await Promise.all(eventsOf(item).map((type) => orElse(add(item, type, onChange), undefined)));
  }
}

function eventsOf(item: ComposeItem): Office.EventType[] {
  const types: Office.EventType[] = [];
  if (supports("1.7")) {
    types.push(Office.EventType.RecipientsChanged);
  }
  if (supports("1.7") && isAppointment(item)) {
    types.push(Office.EventType.AppointmentTimeChanged);
  }
  if (supports("1.8")) {
    types.push(Office.EventType.AttachmentsChanged);
  }
  if (supports("1.13")) {
    types.push(Office.EventType.SensitivityLabelChanged);
  }
  return types;
}

function add(item: ComposeItem, type: Office.EventType, onChange: () => void): Promise<void> {
  return call<void>("addHandlerAsync", (done) => {
    item.addHandlerAsync(type, onChange, done);
  });
}

/** Calls `onChange` when a pinned pane is shown for another item (set 1.5). */
export async function watchItemSwitch(onChange: () => void): Promise<void> {
  if (!supports("1.5")) {
    return;
  }
  const asked = call<void>("mailbox.addHandlerAsync", (done) => {
    Office.context.mailbox.addHandlerAsync(Office.EventType.ItemChanged, onChange, done);
  });
  await orElse(asked, undefined);
}
