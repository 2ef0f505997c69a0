/** `Office.context.mailbox.item` for a draft. */

import { answer, INTERNAL_ERROR, OfficeFailure } from "./answers.ts";
import { MailboxEnums } from "./enums.ts";
import { emailAddressDetails, fakeAttachments, fakeBody, fakeRecipients, readable } from "./fields.ts";
import { demandWrite, supportsSet, type FakeHost } from "./host.ts";
import { fakeNotifications } from "./notifications.ts";
import type { ItemEvent, SimulatedItem } from "./simulatedItem.ts";
import { fakeCustomProperties, fakeHeaders, fakeSessionData } from "./storage.ts";

type Members = Record<string, unknown>;

/** Members that the client's requirement set lacks are left out, as on a real client. */
export function fakeItem(item: SimulatedItem, host: FakeHost): Members {
  const kind: Members = item.content.kind === "appointment" ? bookingMembers(item, host) : messageMembers(item, host);
  return { ...sharedMembers(item, host), ...kind };
}

function sharedMembers(item: SimulatedItem, host: FakeHost): Members {
  const members: Members = {
    itemType: item.content.kind,
    subject: readable(host, () => item.content.subject),
    body: fakeBody(item, host),
    loadCustomPropertiesAsync: (...rest: unknown[]) => {
      answer(rest, host.latency, () => fakeCustomProperties(item, host));
    },
    close: () => {
      if (host.process === "event") {
        throw new Error("close is not supported in event handlers");
      }
    },
  };
  if (supportsSet(host, "1.3")) {
    members["notificationMessages"] = fakeNotifications(item, host);
  }
  if (supportsSet(host, "1.7")) {
    members["addHandlerAsync"] = (type: ItemEvent, handler: (args: { type: string }) => void, ...rest: unknown[]) => {
      answer(rest, host.latency, () => {
        item.on(type, () => {
          handler({ type });
        });
      });
    };
  }
  if (supportsSet(host, "1.8")) {
    Object.assign(members, fakeAttachments(item, host));
  }
  if (supportsSet(host, "1.11")) {
    members["sessionData"] = fakeSessionData(item, host);
  }
  if (supportsSet(host, "1.13")) {
    members["sensitivityLabel"] = fakePurview(item, host);
  }
  return members;
}

function messageMembers(item: SimulatedItem, host: FakeHost): Members {
  const { content } = item;
  const members: Members = {
    to: fakeRecipients(item, host, "to"),
    cc: fakeRecipients(item, host, "cc"),
    bcc: fakeRecipients(item, host, "bcc"),
    conversationId: content.conversationId,
  };
  if (supportsSet(host, "1.7")) {
    members["from"] = readable(host, () => emailAddressDetails(content.from, content.from));
  }
  if (supportsSet(host, "1.8")) {
    members["internetHeaders"] = fakeHeaders(item, host);
  }
  if (supportsSet(host, "1.10")) {
    members["getComposeTypeAsync"] = (...rest: unknown[]) => {
      answer(rest, host.latency, () => ({ composeType: reportedType(item, host), coercionType: "html" }));
    };
  }
  if (supportsSet(host, "1.14")) {
    members["inReplyTo"] = content.inReplyTo;
  }
  return members;
}

function reportedType(item: SimulatedItem, host: FakeHost): string {
  const { NewMail, Reply, Forward } = MailboxEnums.ComposeType;
  if (host.client.forgetsComposeType) {
    return NewMail;
  }
  return { new: NewMail, reply: Reply, forward: Forward }[item.content.composeType];
}

function bookingMembers(item: SimulatedItem, host: FakeHost): Members {
  const { content } = item;
  return {
    requiredAttendees: fakeRecipients(item, host, "required"),
    optionalAttendees: fakeRecipients(item, host, "optional"),
    location: readable(host, () => content.location),
    start: readable(host, () => new Date(content.start)),
    end: readable(host, () => new Date(content.end)),
    organizer: readable(host, () => emailAddressDetails(content.from, content.from)),
  };
}

function fakePurview(item: SimulatedItem, host: FakeHost): Members {
  const demandEnabled = (): void => {
    demandWrite(host);
    if (host.purviewLabels === null) {
      throw new OfficeFailure(INTERNAL_ERROR, "InternalError", "Sensitivity labels are not enabled.");
    }
  };
  return {
    getAsync: (...rest: unknown[]) => {
      answer(rest, host.latency, () => {
        demandEnabled();
        return item.purviewLabel;
      });
    },
    setAsync: (label: string, ...rest: unknown[]) => {
      answer(rest, host.latency, () => {
        demandEnabled();
        item.purviewLabel = label;
        item.emit("olkSensitivityLabelChanged");
        item.emit("changed");
      });
    },
  };
}
