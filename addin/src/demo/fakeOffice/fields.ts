/** Subject, body, people, attachments, time and place of the simulated item, as Office gives them. */

import type { Mailbox, RecipientRole } from "../../contract/draft.ts";
import { answer, OfficeFailure } from "./answers.ts";
import { CoercionType, MailboxEnums } from "./enums.ts";
import { demandWrite, type FakeHost } from "./host.ts";
import type { SimulatedItem, SimulatedRecipient } from "./simulatedItem.ts";

/** A field with `getAsync` only: the add-in reads. */
export function readable(host: FakeHost, read: () => unknown): Record<string, unknown> {
  return {
    getAsync: (...rest: unknown[]) => {
      answer(rest, host.latency, read);
    },
  };
}

export function fakeBody(item: SimulatedItem, host: FakeHost): Record<string, unknown> {
  return {
    getTypeAsync: (...rest: unknown[]) => {
      answer(rest, host.latency, () => CoercionType.Html);
    },
    getAsync: (coercion: string, ...rest: unknown[]) => {
      answer(rest, host.latency, () => (coercion === CoercionType.Text ? plainText(item.content.bodyHtml) : item.content.bodyHtml));
    },
  };
}

/** Tags out, common entities in. Good enough for a client that the demo does not offer (plain-text mail). */
function plainText(html: string): string {
  const text = html.split("<").map((piece, index) => (index === 0 ? piece : piece.slice(piece.indexOf(">") + 1))).join("");
  return text.replaceAll("&nbsp;", " ").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Recipients that `setAsync` takes at most. */
const WRITE_LIMIT = 100;

interface WrittenRecipient {
  readonly emailAddress: string;
  readonly displayName?: string;
}

/** Only people that Outlook has resolved are given to an add-in; what an add-in sets replaces the whole field. */
export function fakeRecipients(item: SimulatedItem, host: FakeHost, role: RecipientRole): Record<string, unknown> {
  const listsOrganizer = role === "required" && host.client.listsOrganizer;
  const read = (): unknown => {
    const resolved = item.content.recipients[role].filter((recipient) => recipient.address !== "");
    const listed = listsOrganizer ? [item.content.from, ...resolved] : resolved;
    return listed.slice(0, host.client.recipientLimit).map((person) => emailAddressDetails(person, item.content.from));
  };
  return {
    ...readable(host, read),
    setAsync: (people: readonly WrittenRecipient[], ...rest: unknown[]) => {
      answer(rest, host.latency, () => {
        demandWrite(host);
        if (people.length > WRITE_LIMIT) {
          throw new OfficeFailure(9020, "NumberOfRecipientsExceeded", "The number of recipients exceeds the limit.");
        }
        const written = people.map(({ emailAddress, displayName = "" }) => ({ address: emailAddress, name: displayName === emailAddress ? "" : displayName }));
        item.content.recipients[role] = listsOrganizer ? written.filter((person) => person.address !== item.content.from.address) : written;
        item.emit("olkRecipientsChanged");
        item.emit("changed");
      });
    },
  };
}

/** A person as Office describes people; of the own organisation when the domain is the sender's. */
export function emailAddressDetails(person: SimulatedRecipient, sender: Mailbox): Record<string, string> {
  const isOwn = domainOf(person.address) === domainOf(sender.address);
  const { User, ExternalUser } = MailboxEnums.RecipientType;
  return {
    emailAddress: person.address,
    displayName: person.name === "" ? person.address : person.name,
    recipientType: isOwn ? User : ExternalUser,
  };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}

export function fakeAttachments(item: SimulatedItem, host: FakeHost): Record<string, unknown> {
  return {
    getAttachmentsAsync: (...rest: unknown[]) => {
      answer(rest, host.latency, () => item.content.attachments.map((file) => ({
        id: file.id,
        name: file.name,
        size: file.size,
        isInline: file.inline,
        attachmentType: file.eml === undefined ? MailboxEnums.AttachmentType.File : MailboxEnums.AttachmentType.Item,
      })));
    },
    getAttachmentContentAsync: (id: string, ...rest: unknown[]) => {
      answer(rest, host.latency, () => {
        const file = item.content.attachments.find((entry) => entry.id === id);
        if (!file) {
          throw new OfficeFailure(9003, "AttachmentNotFound", "The attachment was not found.");
        }
        if (file.eml !== undefined) {
          return { content: file.eml, format: MailboxEnums.AttachmentContentFormat.Eml };
        }
        return { content: file.base64, format: MailboxEnums.AttachmentContentFormat.Base64 };
      });
    },
  };
}
