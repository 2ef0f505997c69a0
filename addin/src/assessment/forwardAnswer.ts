/** The server's word of threads and requests, read with care: what is strange is left out, and a request is approved only if it says so. */

import { isLabelId } from "../contract/draft.ts";
import type { ForwardRequest, ForwardSignal, ForwardStanding, RequestedRecipient, RequestStatus, ThreadStanding } from "../contract/forward.ts";
import type { RecipientVerdict } from "../contract/recipients.ts";

type Fields = Readonly<Record<string, unknown>>;

const SIGNALS: readonly ForwardSignal[] = ["compose_type", "subject_prefix", "attached_item", "new_recipient", "content", "unknown_type", "passage", "similar"];
const STATUSES: readonly RequestStatus[] = ["pending", "approved", "refused", "expired", "withdrawn", "used"];
const VERDICTS: readonly RecipientVerdict[] = [
  "verified", "other_unit", "group", "external", "unknown", "disabled", "lookalike", "private", "unverifiable",
];

/** Null when there is no such answer. */
export function readThreadStanding(answer: unknown): ThreadStanding | null {
  if (!isFields(answer) || typeof answer["thread_flagged"] !== "boolean") {
    return null;
  }
  const label = answer["thread_label"];
  const signals: readonly unknown[] = Array.isArray(answer["signals"]) ? answer["signals"] : [];
  return {
    thread_flagged: answer["thread_flagged"],
    thread_label: isLabelId(label) ? label : "none",
    counts: answer["counts"] === true,
    signals: SIGNALS.filter((signal) => signals.includes(signal)),
  };
}

/** Null when there is no such answer: an older server says nothing of threads. */
export function readForwardStanding(answer: unknown): ForwardStanding | null {
  const standing = readThreadStanding(answer);
  const request = isFields(answer) ? readForwardRequest(answer["request"]) : null;
  return standing === null ? null : { ...standing, request };
}

/** Null when there is no request, or one that cannot be made out. */
export function readForwardRequest(answer: unknown): ForwardRequest | null {
  const status = isFields(answer) ? STATUSES.find((code) => code === answer["status"]) : undefined;
  if (!isFields(answer) || status === undefined || !isRequestId(answer["id"])) {
    return null;
  }
  const approved = Array.isArray(answer["approved_recipients"]) ? answer["approved_recipients"] : [];
  const recipients = Array.isArray(answer["recipients"]) ? answer["recipients"] : [];
  return {
    id: answer["id"],
    status,
    approved_recipients: approved.filter((one): one is string => typeof one === "string"),
    recipients: recipients.filter(isFields).map(readRecipient),
    reason: textOf(answer["reason"]),
    asked_at: textOf(answer["asked_at"]),
    expires_at: textOf(answer["expires_at"]),
    decided_at: textOf(answer["decided_at"]) || null,
    answer: textOf(answer["answer"]),
    decider: isFields(answer["decider"]) ? textOf(answer["decider"]["name"]) : textOf(answer["decider"]),
  };
}

/** It becomes part of an address, so that only letters, digits, `-` and `_` may stand in it. */
export function isRequestId(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9_-]{1,64}$/.test(value);
}

function readRecipient(fields: Fields): RequestedRecipient {
  return {
    address: textOf(fields["address"]),
    name: textOf(fields["name"]),
    verdict: VERDICTS.find((code) => code === fields["verdict"]) ?? "unverifiable",
    approved: fields["approved"] === true,
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
