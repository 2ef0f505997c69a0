/** A short fingerprint of a draft: the pane asks the server again only when it changes. Not a security measure. */

import type { Attachment, Draft } from "../contract/draft.ts";
import { fingerprint } from "./fingerprint.ts";

/** Equal for drafts that the server would judge alike. Contents of files count by their length and ends, to stay fast. */
export function draftDigest(draft: Draft): string {
  const { attachments, ...rest } = draft;
  return fingerprint(JSON.stringify([rest, attachments.map(outline)]));
}

function outline(file: Attachment): readonly unknown[] {
  const content = file.content_base64 ?? "";
  return [file.name, file.inline, content.length, content.slice(0, 64), content.slice(-64)];
}

/** Bytes that an assessment of this draft uploads, roughly: large ones are asked for less often. */
export function uploadSize(draft: Draft): number {
  const files = draft.attachments.reduce((sum, file) => sum + (file.content_base64?.length ?? 0), 0);
  return draft.body.length + files;
}
