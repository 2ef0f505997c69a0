/** A short fingerprint of a draft: the pane asks the server again only when it changes. Not a security measure. */

import type { Attachment, Draft } from "../contract/draft.ts";

/** Equal for drafts that the server would judge alike. Contents of files count by their length and ends, to stay fast. */
export function draftDigest(draft: Draft): string {
  const { attachments, ...rest } = draft;
  return hash(JSON.stringify([rest, attachments.map(outline)]));
}

function outline(file: Attachment): readonly unknown[] {
  const content = file.content_base64 ?? "";
  return [file.name, file.inline, content.length, content.slice(0, 64), content.slice(-64)];
}

/** Two independent 32-bit FNV-1a runs over UTF-16 code units, in base 36, with the length. */
function hash(text: string): string {
  let first = 0x811c9dc5;
  let second = 0x9dc5811c;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ (unit * 31 + 7), 0x01000193);
  }
  return `${(first >>> 0).toString(36)}.${(second >>> 0).toString(36)}.${text.length.toString(36)}`;
}

/** Bytes that an assessment of this draft uploads, roughly: large ones are asked for less often. */
export function uploadSize(draft: Draft): number {
  const files = draft.attachments.reduce((sum, file) => sum + (file.content_base64?.length ?? 0), 0);
  return draft.body.length + files;
}
