/** Names and, where it is cheap, contents of the attachments. */

import type { Attachment } from "../contract/draft.ts";
import { base64OfText } from "../encoding.ts";
import { call, orElse } from "./calls.ts";
import { supports, type ComposeItem } from "./item.ts";

/** Larger files are sent by name only: reading and uploading them would make typing wait. Bytes. */
export const MAX_FILE_BYTES = 2_000_000;
export const MAX_TOTAL_BYTES = 4_000_000;

/** Contents by attachment id, so that each file is read once per compose session and not at every look at the draft. */
export type ContentCache = Map<string, string | null>;

/** What an attached mail is sent as. */
const MAIL_TYPE = "message/rfc822";

/** Everything attached, in Outlook's order; without `contents` the names alone. An unreadable list is an empty one: some clients fail for encrypted items. */
export async function readAttachments(item: ComposeItem, contents: ContentCache | null): Promise<Attachment[]> {
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
  contents: ContentCache | null,
): Promise<Attachment> {
  const named: { -readonly [Key in keyof Attachment]: Attachment[Key] } = { name: file.name, inline: file.isInline };
  if ((file.attachmentType as unknown) === Office.MailboxEnums.AttachmentType.Item) {
    named.content_type = MAIL_TYPE;
  }
  const content = small && contents !== null ? await contentOf(item, file.id, contents) : null;
  if (content !== null) {
    named.content_base64 = content;
  }
  return named;
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
  const base64 = content === null || content.content === "" ? null : base64Of(content);
  contents.set(id, base64);
  return base64;
}

/** Files come in base64, attached mails as the text of an .eml; bookings and links have nothing that is read. */
function base64Of(content: Office.AttachmentContent): string | null {
  const { Base64, Eml } = Office.MailboxEnums.AttachmentContentFormat;
  const format = content.format as unknown;
  if (format === Base64) {
    return content.content;
  }
  return format === Eml ? base64OfText(content.content) : null;
}
