import { describe, expect, it } from "vitest";
import { currentItem } from "../../../addin/src/office/item.ts";
import { changeRecipient, MOST_TO_WRITE } from "../../../addin/src/office/recipientChange.ts";
import { emptyRecipients, type ItemContent } from "../../../addin/src/demo/fakeOffice/simulatedItem.ts";
import { installOutlook } from "../outlook.ts";

const BO = { name: "Bo Berg", address: "bo.berg@example.se" };
const EVA = { name: "Eva Ek", address: "eva.ek@example.se" };
const NY = { name: "Ny Nilsson", address: "ny.nilsson@example.se" };

function people(fields: Partial<ItemContent["recipients"]>): ItemContent["recipients"] {
  return { ...emptyRecipients(), ...fields };
}

describe("a recipient", () => {
  it("is replaced where it stands: the others, the order and the fields stay", async () => {
    const { item } = installOutlook({ content: { recipients: people({ to: [EVA, BO], cc: [BO], bcc: [EVA] }) } });
    await changeRecipient(currentItem(), "BO.berg@example.se", NY);
    expect(item.content.recipients).toMatchObject({ to: [EVA, NY], cc: [NY], bcc: [EVA] });
  });

  it("is taken out", async () => {
    const { item } = installOutlook({ content: { recipients: people({ to: [BO], cc: [EVA] }) } });
    await changeRecipient(currentItem(), BO.address, null);
    expect(item.content.recipients).toMatchObject({ to: [], cc: [EVA] });
  });

  it("is only taken out where the other one is a recipient already", async () => {
    const { item } = installOutlook({ content: { recipients: people({ to: [BO], cc: [NY] }) } });
    await changeRecipient(currentItem(), BO.address, NY);
    expect(item.content.recipients).toMatchObject({ to: [], cc: [NY] });
  });

  it("who is none any more changes nothing", async () => {
    const { item } = installOutlook({ content: { recipients: people({ to: [EVA] }) } });
    let changes = 0;
    item.on("olkRecipientsChanged", () => { changes += 1; });
    await changeRecipient(currentItem(), BO.address, NY);
    expect([item.content.recipients.to, changes]).toEqual([[EVA], 0]);
  });

  it("of a booking leaves the organizer alone", async () => {
    const from = { name: "Anna Alm", address: "anna.alm@example.se" };
    const { item } = installOutlook({ client: "classic", content: { kind: "appointment", from, recipients: people({ required: [BO], optional: [EVA] }) } });
    await changeRecipient(currentItem(), BO.address, NY);
    expect(item.content.recipients).toMatchObject({ required: [NY], optional: [EVA] });
  });
});

describe("what cannot be written whole is left as it is", () => {
  it("a long field", async () => {
    const many = Array.from({ length: MOST_TO_WRITE + 2 }, (_one, index) => ({ name: "", address: `p${String(index)}@example.se` }));
    const { item } = installOutlook({ content: { recipients: people({ to: many }) } });
    await expect(changeRecipient(currentItem(), "p3@example.se", null)).rejects.toMatchObject({ code: "too_many_recipients" });
    expect(item.content.recipients.to).toHaveLength(many.length);
  });

  it("an item that may only be read", async () => {
    const { item } = installOutlook({ host: { permission: "ReadItem" }, content: { recipients: people({ to: [BO] }) } });
    await expect(changeRecipient(currentItem(), BO.address, null)).rejects.toMatchObject({ code: "office_failed" });
    expect(item.content.recipients.to).toEqual([BO]);
  });
});
