import { describe, expect, it } from "vitest";
import { readDraft } from "../../../addin/src/office/draft.ts";
import { currentItem } from "../../../addin/src/office/item.ts";
import { emptyRecipients } from "../../../addin/src/demo/fakeOffice/simulatedItem.ts";
import { installOutlook, type OutlookOptions } from "../outlook.ts";

async function read(options: OutlookOptions = {}) {
  installOutlook(options);
  return readDraft(currentItem(), new Map());
}

const FILE = { id: "f1", name: "plan.pdf", size: 5, inline: false, base64: "aGVqIQ==" };

describe("a message", () => {
  it("is read whole", async () => {
    const recipients = {
      ...emptyRecipients(),
      to: [{ name: "Bo Berg", address: "bo.berg@example.se" }],
      cc: [{ name: "", address: "eva@hemma.example" }],
      bcc: [{ name: "Chefen", address: "chef@example.se" }],
    };
    const draft = await read({ content: { subject: "Möte", bodyHtml: "<p>Hej</p>", recipients, attachments: [FILE], conversationId: "c1" } });
    expect(draft.session).toMatch(/^[0-9a-f]{32}$/);
    expect(draft).toEqual({
      session: draft.session,
      kind: "message",
      compose_type: "new",
      subject: "Möte",
      body: "<p>Hej</p>",
      body_format: "html",
      sender: { address: "anna.alm@example.se", name: "Anna Alm" },
      recipients: [
        { address: "bo.berg@example.se", name: "Bo Berg", role: "to" },
        { address: "eva@hemma.example", name: "eva@hemma.example", role: "cc" },
        { address: "chef@example.se", name: "Chefen", role: "bcc" },
      ],
      attachments: [{ name: "plan.pdf", inline: false, content_base64: "aGVqIQ==" }],
      conversation_id: "c1",
      in_reply_to: null,
      label: null,
      location: "",
      start: null,
      end: null,
    });
  });

  it("leaves out recipients that Outlook has not resolved", async () => {
    const to = [{ name: "någon", address: "" }, { name: "Bo Berg", address: "bo.berg@example.se" }];
    const draft = await read({ content: { recipients: { ...emptyRecipients(), to } } });
    expect(draft.recipients.map((one) => one.address)).toEqual(["bo.berg@example.se"]);
  });

  it("sends large files by name only", async () => {
    const big = { ...FILE, size: 5_000_000 };
    const draft = await read({ content: { attachments: [big] } });
    expect(draft.attachments).toEqual([{ name: "plan.pdf", inline: false }]);
  });

  it("reads each file once per compose session", async () => {
    const outlook = installOutlook({ content: { attachments: [FILE] } });
    const contents = new Map<string, string | null>();
    await readDraft(currentItem(), contents);
    outlook.item.content.attachments = [{ ...FILE, base64: "YW5uYXQ=" }];
    const again = await readDraft(currentItem(), contents);
    expect(again.attachments[0]?.content_base64).toBe("aGVqIQ==");
  });
});

describe.each(["web", "classic", "mac"] as const)("compose type on %s", (client) => {
  const thread = { inReplyTo: "<m1@example.se>", conversationId: "c1" };

  it("a forward is known from what was stored when the window opened", async () => {
    const outlook = installOutlook({ client, content: { composeType: "forward", ...thread } });
    outlook.item.sessionData.set("sandkoll.compose_type", "forward");
    expect((await readDraft(currentItem(), new Map())).compose_type).toBe("forward");
  });

  it("a forward is known from its subject when nothing was stored", async () => {
    const content = { composeType: "forward" as const, subject: "VB: Uppföljning", bodyHtml: '<div id="divRplyFwdMsg"></div>', ...thread };
    expect((await read({ client, content })).compose_type).toBe("forward");
  });
});

describe("a booking", () => {
  const content = {
    kind: "appointment" as const,
    location: "Rum 3",
    recipients: { ...emptyRecipients(), required: [{ name: "Bo Berg", address: "bo.berg@example.se" }] },
  };

  it("is read with place and time", async () => {
    const draft = await read({ content });
    expect(draft).toMatchObject({
      kind: "appointment",
      location: "Rum 3",
      start: "2026-12-01T10:00:00.000Z",
      end: "2026-12-01T11:00:00.000Z",
      recipients: [{ address: "bo.berg@example.se", role: "required" }],
    });
  });

  it("does not count the organizer, whom classic Outlook lists among the attendees", async () => {
    const draft = await read({ client: "classic", content });
    expect(draft.recipients.map((one) => one.address)).toEqual(["bo.berg@example.se"]);
  });
});

describe("without an item or with a poor client", () => {
  it("says that there is no item", () => {
    installOutlook({ host: { item: null } });
    expect(() => currentItem()).toThrowError("office_no_item");
  });

  it("reads what an old client offers", async () => {
    const old = { id: "web", mailbox: "1.5", platform: "PC", sessionLimit: 0, recipientLimit: 100, forgetsComposeType: true, listsOrganizer: false, bareRuntime: false, hasActionButton: false } as const;
    const draft = await read({ client: old, content: { attachments: [FILE] } });
    expect(draft).toMatchObject({ subject: "Hej", attachments: [], compose_type: "new" });
  });
});
