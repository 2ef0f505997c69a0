/** The demo's behaviour: which draft is open, who is signed in, what is typed into it. */

import type { Mailbox, RecipientRole } from "../../contract/draft.ts";
import type { ClientId } from "../fakeOffice/profiles.ts";
import { SimulatedItem, type ItemContent, type SimulatedAttachment } from "../fakeOffice/simulatedItem.ts";
import { withoutTeamsLink, withTeamsLink, type InboxMessage } from "./bodyHtml.ts";
import { resolve, type Entry, type Person } from "./directory.ts";
import { emptyDraft, exampleDraft, forwardOf, replyTo, type Example } from "./drafts.ts";
import { fetchOutgoing } from "./mailbox.ts";
import { Outbox } from "./outbox.ts";
import type { EventRuntime } from "./outlook.ts";
import type { DemoState, SendMode } from "./state.ts";
import { say } from "./texts.ts";

export interface DemoPorts {
  readonly get: () => DemoState;
  readonly update: (fields: Partial<DemoState>) => void;
  readonly runtime: EventRuntime;
}

/** How often the notices are fetched while they are shown. */
const NOTICES_PAUSE_MS = 3000;

export class Demo {
  readonly outbox: Outbox;
  readonly #ports: DemoPorts;

  constructor(ports: DemoPorts) {
    this.#ports = ports;
    this.outbox = new Outbox(ports);
  }

  newDraft(kind: ItemContent["kind"]): void {
    this.#open(emptyDraft(kind, this.#sender()));
  }

  openExample(example: Example): void {
    this.#open(exampleDraft(example, this.#state.people, this.#state.book, this.#sender()));
  }

  reply(message: InboxMessage): void {
    this.#open(replyTo(message, this.#sender()));
  }

  forward(message: InboxMessage): void {
    this.#open(forwardOf(message, this.#sender()));
  }

  read(message: InboxMessage): void {
    this.#ports.update({ screen: "read", reading: message, notice: "" });
  }

  /** The page of notices that the service would have mailed, kept up to date while it is shown. */
  async showNotices(): Promise<void> {
    const isShown = (): boolean => this.#state.screen === "notices";
    if (isShown()) {
      return;
    }
    this.#ports.update({ screen: "notices", notice: "" });
    while (isShown()) {
      const outgoing = await fetchOutgoing();
      this.#ports.update({ outgoing });
      await new Promise((resolve) => { setTimeout(resolve, NOTICES_PAUSE_MS); });
    }
  }

  dismissNotification(key: string): void {
    this.#state.item.notifications.delete(key);
    this.#ports.update({});
  }

  signIn(id: string): void {
    this.#ports.update({ signedIn: this.#state.people.find((person) => person.id === id) ?? null });
    this.#open({ ...this.#content, from: this.#sender() });
  }

  chooseClient(client: ClientId): void {
    this.#ports.update({ client });
    this.#open(this.#content);
  }

  chooseSendMode(sendMode: SendMode): void {
    this.#ports.update({ sendMode });
  }

  showPane(paneOpen: boolean): void {
    this.#ports.update({ paneOpen });
  }

  /** What stands half-typed in a recipient field; `active` is the marked suggestion. */
  type(role: RecipientRole, text: string, active = -1): void {
    this.#ports.update({ typed: text === "" ? null : { role, text, active } });
  }

  addRecipient(role: RecipientRole, text: string): void {
    this.#ports.update({ typed: null });
    if (text.trim() !== "") {
      this.#content.recipients[role] = [...this.#content.recipients[role], resolve(this.#state.book, text)];
      this.#changed("olkRecipientsChanged");
    }
  }

  removeRecipient(role: RecipientRole, index: number): void {
    this.#content.recipients[role] = this.#content.recipients[role].filter((_person, place) => place !== index);
    this.#changed("olkRecipientsChanged");
  }

  edit(fields: Partial<Pick<ItemContent, "subject" | "bodyHtml" | "location">>): void {
    Object.assign(this.#content, fields);
  }

  setTime(field: "start" | "end", time: Date): void {
    this.#content[field] = time;
    this.#changed("olkAppointmentTimeChanged");
  }

  /** The Teams switch: puts the meeting's link into the body, or takes it out. */
  setTeams(on: boolean): void {
    const content = this.#content;
    content.bodyHtml = on ? withTeamsLink(content.bodyHtml) : withoutTeamsLink(content.bodyHtml);
    content.location = on && content.location === "" ? say("teams.location") : content.location;
    this.#ports.update({ bodyNumber: this.#state.bodyNumber + 1 });
  }

  attach(files: readonly SimulatedAttachment[]): void {
    this.#content.attachments = [...this.#content.attachments, ...files];
    this.#changed("olkAttachmentsChanged");
  }

  detach(id: string): void {
    this.#content.attachments = this.#content.attachments.filter((file) => file.id !== id);
    this.#changed("olkAttachmentsChanged");
  }

  get #state(): DemoState {
    return this.#ports.get();
  }

  get #content(): ItemContent {
    return this.#state.item.content;
  }

  #sender(): Mailbox {
    return senderOf(this.#state.signedIn);
  }

  #changed(event: Parameters<SimulatedItem["emit"]>[0]): void {
    this.#state.item.emit(event);
    this.#ports.update({});
  }

  #open(content: ItemContent): void {
    const { update, runtime } = this.#ports;
    const item = new SimulatedItem(content);
    item.on("changed", () => {
      update({});
    });
    runtime.restart();
    const draftNumber = this.#state.draftNumber + 1;
    update({ item, draftNumber, screen: "compose", reading: null, typed: null, sending: false, alert: null, notice: "" });
    if (content.kind === "message") {
      // A draft can be left before its runtime has loaded.
      runtime.raise("onNewMessageCompose").catch(() => undefined);
    }
  }
}

export function senderOf(person: Person | null): Mailbox {
  return { address: person?.address ?? "", name: person?.name ?? "" };
}

export function initialState(people: readonly Person[], book: readonly Entry[]): DemoState {
  const signedIn = people[0] ?? null;
  return {
    people,
    book,
    signedIn,
    client: "web",
    sendMode: "soft_block",
    item: new SimulatedItem(emptyDraft("message", senderOf(signedIn))),
    draftNumber: 0,
    bodyNumber: 0,
    screen: "compose",
    reading: null,
    paneOpen: true,
    typed: null,
    sending: false,
    alert: null,
    sent: [],
    notice: "",
    outgoing: [],
  };
}
