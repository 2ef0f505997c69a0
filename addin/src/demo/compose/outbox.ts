/** From a press on Send to "sent": runs the event handler, shows what Outlook would show. */

import { isLabelId } from "../../contract/draft.ts";
import { CLIENTS } from "../fakeOffice/profiles.ts";
import type { SimulatedItem } from "../fakeOffice/simulatedItem.ts";
import type { DemoPorts } from "./demo.ts";
import { sentItem } from "./mailbox.ts";
import { alertFor, SLOW_AFTER_MS, slowAlert, unavailableAlert } from "./sending.ts";
import type { SmartAlert } from "./state.ts";
import { say, sayIfKnown } from "./texts.ts";

/** The label on the item as Outlook would show it, in words; empty when there is none. */
export function shownLabel(item: SimulatedItem): string {
  const stored = item.headers.get("x-sandkoll-label") ?? item.customProperties["sandkoll.label"];
  return isLabelId(stored) ? sayIfKnown(`label.${stored}`) : "";
}

export class Outbox {
  readonly #ports: DemoPorts;
  /** Grows with each press on Send: an answer to an earlier one comes too late. */
  #attempt = 0;

  constructor(ports: DemoPorts) {
    this.#ports = ports;
  }

  send(): void {
    const { get, update } = this.#ports;
    const recipients = Object.values(get().item.content.recipients).flat();
    if (recipients.length === 0 || recipients.some((person) => person.address === "")) {
      update({ notice: say("compose.no_recipient") });
      return;
    }
    update({ sending: true, alert: null, notice: "" });
    void this.#run();
  }

  sendAnyway(): void {
    this.#attempt += 1;
    this.#deliver();
  }

  dismiss(opensPane: boolean): void {
    this.#attempt += 1;
    this.#ports.update({ alert: null, sending: false, ...(opensPane ? { paneOpen: true } : {}) });
  }

  async #run(): Promise<void> {
    const { get, update } = this.#ports;
    this.#attempt += 1;
    const attempt = this.#attempt;
    const slow = setTimeout(() => {
      update({ alert: slowAlert(get().sendMode) });
    }, SLOW_AFTER_MS);
    const alert = await this.#ask();
    clearTimeout(slow);
    if (attempt !== this.#attempt) {
      return;
    }
    if (alert === null) {
      this.#deliver();
    } else {
      update({ alert, sending: false });
    }
  }

  /** What to show after the handler has answered; null when the item may go. */
  async #ask(): Promise<SmartAlert | null> {
    const { get, runtime } = this.#ports;
    const { item, sendMode, client } = get();
    try {
      const completion = await runtime.raise(item.content.kind === "appointment" ? "onAppointmentSend" : "onMessageSend");
      return alertFor(completion, sendMode, CLIENTS[client]);
    } catch {
      return unavailableAlert(sendMode);
    }
  }

  #deliver(): void {
    const { get, update } = this.#ports;
    const { item, sent } = get();
    const entry = sentItem(item, sent.length + 1, shownLabel(item));
    const { subject } = entry.message;
    update({ screen: "sent", sending: false, alert: null, sent: [entry, ...sent], notice: say("sent.text", { subject }) });
  }
}
