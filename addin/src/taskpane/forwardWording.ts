/** Sentences about forwards and requests. */

import { addressKey } from "../assessment/recipientSet.ts";
import type { ForwardView } from "../assessment/forward.ts";
import type { Recipient } from "../contract/draft.ts";
import type { ForwardRequest, ForwardStanding } from "../contract/forward.ts";
import type { Policy, PolicyReason } from "../contract/policy.ts";
import type { TextKey, Texts } from "../l10n/texts.ts";
import { labelName } from "./wording.ts";

/** The card's heading. */
export function forwardTitle(view: ForwardView, texts: Texts): string {
  const ending = view.phase === "over" ? view.request?.status ?? "expired" : view.phase;
  return texts.text(`forward.title.${ending}` as TextKey);
}

/** Why the draft counts as a forward, in one sentence, and what its thread is labelled. */
export function whyText(view: ForwardView, standing: ForwardStanding | null, policy: Policy | null, texts: Texts): string {
  const why = view.signal === null ? "" : texts.text(`forward.signal.${view.signal}`);
  const label = policy?.labels.find(({ id }) => id === standing?.thread_label);
  const isNamed = standing?.thread_flagged === true && label !== undefined && label.id !== "none";
  const thread = isNamed ? texts.text("forward.thread", { label: labelName(label, texts) }) : "";
  return [why, thread].filter((part) => part !== "").join(" ");
}

/** What Outlook shows of a recipient: the name, else the address. */
export function shownName({ name, address }: Pick<Recipient, "name" | "address">): string {
  return name.trim() === "" ? address : name.trim();
}

/** Several names in a row: "A, B and C". */
export function namesText(people: readonly Pick<Recipient, "name" | "address">[], texts: Texts): string {
  const names = people.map(shownName).filter((name) => name !== "");
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} ${texts.text("reasons.and")} ${last}`;
}

/** Those whom the approval is for, by name where the request knows one. */
export function approvedPeople(request: ForwardRequest): Pick<Recipient, "name" | "address">[] {
  return request.approved_recipients.map((address) => {
    const known = request.recipients.find((one) => addressKey(one.address) === addressKey(address));
    return { address, name: known?.name ?? "" };
  });
}

/** Day and time as one says them; empty for what is no time. */
export function whenText(instant: string, texts: Texts): string {
  const time = new Date(instant);
  if (Number.isNaN(time.getTime())) {
    return "";
  }
  const locale = texts.language === "sv" ? "sv-SE" : "en-GB";
  return time.toLocaleString(locale, { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
}

/** What the approver wrote; empty where nothing was. */
export function answerText({ answer, decider }: ForwardRequest, texts: Texts): string {
  if (answer.trim() === "") {
    return "";
  }
  const key = decider === "" ? "forward.answer" : "forward.answer.by";
  return texts.text(key, { answer: answer.trim(), name: decider });
}

/** The law behind a ground; empty where none is chosen. */
export function lawText(reasons: readonly PolicyReason[], code: string, texts: Texts): string {
  const source = reasons.find((reason) => reason.code === code)?.source ?? "";
  return source === "" ? "" : texts.text("forward.reason.source", { source });
}
