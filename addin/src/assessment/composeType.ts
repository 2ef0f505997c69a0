/** How the draft came about, from several unreliable witnesses. */

import type { ComposeType } from "../contract/draft.ts";

export interface ComposeWitnesses {
  /** Stored when the compose window opened (`OnNewMessageCompose`). */
  readonly stored: ComposeType | null;
  /** `getComposeTypeAsync` now. Windows and Mac call replies and forwards "newMail" at times (office-js issues 6652, 6739, 4835). */
  readonly reported: ComposeType | null;
  readonly inReplyTo: string | null;
  readonly subject: string;
  readonly body: string;
}

const FORWARD_PREFIXES = ["vb:", "vbs:", "fw:", "fwd:"];
const REPLY_PREFIXES = ["sv:", "re:"];
/** The id that Outlook gives the header of a quoted message. */
const QUOTE_MARK = "divRplyFwdMsg";

/** "Forward" from any witness wins, then "reply": a missed forward costs more than a question too many. */
export function decideComposeType(witnesses: ComposeWitnesses): ComposeType {
  const said = [witnesses.stored, witnesses.reported];
  if (said.includes("forward")) {
    return "forward";
  }
  if (said.includes("reply")) {
    return "reply";
  }
  const subject = witnesses.subject.trim().toLowerCase();
  const hasThread = witnesses.inReplyTo !== null || witnesses.body.includes(QUOTE_MARK);
  if (hasThread && FORWARD_PREFIXES.some((prefix) => subject.startsWith(prefix))) {
    return "forward";
  }
  if (hasThread && REPLY_PREFIXES.some((prefix) => subject.startsWith(prefix))) {
    return "reply";
  }
  return hasThread ? "reply" : "new";
}
