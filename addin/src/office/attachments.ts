/** Names and, where it is cheap, contents of the attachments. */

import type { Attachment } from "../contract/draft.ts";
import { call, orElse } from "./calls.ts";
import { supports, type ComposeItem } from "./item.ts";

/** Larger files are sent by name only: reading and uploading them would make typing wait. Bytes. */
export const MAX_FILE_BYTES = 2_000_000;
export const MAX_TOTAL_BYTES = 4_000_000;

/** Contents by attachment id, so that each file is read once per compose session and not at every look at the draft. */
export type ContentCache = Map<string, string | null>;

/** Everything attached, in Outlook's order. An unreadable list is an empty one: some clients fail for encrypted items. */
export async function readAttachments(item: ComposeItem, contents: ContentCache): Promise<Attachment[]> {
  if (!supports("1.8")) {
    return [];
  }
  const asked = call<Office.AttachmentDetailsCompose[]>("getAttachmentsAsync", (done) => {
    item.getAttachmentsAsync(done);
  });
  const files = await orElse(asked, []);
  let room = MAX_TOTAL_BYTES;
  const wanted = files.map((file) => {
    const small = file.size <= MAX_FILE_BYTES && file.size <= room;
    room -= small ? file.size : 0;
    return { file, small };
  });
  return Promise.all(wanted.map(({ file, small }) => describe(item, file, small, contents)));
}

async function describe(
  item: ComposeItem,
  file: Office.AttachmentDetailsCompose,
  small: boolean,
  contents: ContentCache,
): Promise<Attachment> {
  const named = { name: file.name, inline: file.isInline };
  const content = small ? await contentOf(item, file.id, contents) : null;
  return content === null ? named : { name: file.name, inline: file.isInline, content_base64: content };
}

async function contentOf(item: ComposeItem, id: string, contents: ContentCache): Promise<string | null> {
  const known = contents.get(id);
  if (known !== undefined) {
    return known;
  }
  const asked = call<Office.AttachmentContent>("getAttachmentContentAsync", (done) => {
    item.getAttachmentContentAsync(id, done);
  });
  const content = await orElse<Office.AttachmentContent | null>(asked, null);
  const isFile = content?.format === Office.MailboxEnums.AttachmentContentFormat.Base64;
  const base64 = isFile && content.content !== "" ? content.content : null;
  contents.set(id, base64);
  return base64;
}
