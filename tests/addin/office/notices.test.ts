import { describe, expect, it } from "vitest";
import { CLIENTS } from "../../../addin/src/demo/fakeOffice/profiles.ts";
import { currentItem } from "../../../addin/src/office/item.ts";
import { showNotice, type NoticeBar } from "../../../addin/src/office/notices.ts";
import { installOutlook } from "../outlook.ts";

function bar(fields: Partial<NoticeBar> = {}): NoticeBar {
  return { key: "sandkoll.thread", message: "Hej", icon: "Icon.16", actionText: "Visa", commandId: "msgComposePane", ...fields };
}

describe("the bar above a draft", () => {
  it("has a button where the client has them, and comes once", async () => {
    const { item } = installOutlook();
    await expect(showNotice(currentItem(), bar({ message: "x ".repeat(200) }))).resolves.toBe(true);
    await showNotice(currentItem(), bar());
    expect([...item.notifications]).toEqual([["sandkoll.thread", { type: "insightMessage", message: "Hej", actionText: "Visa", commandId: "msgComposePane" }]]);
  });

  it("is words alone before set 1.10, and nothing before 1.3", async () => {
    const old = installOutlook({ client: { ...CLIENTS.web, mailbox: "1.9" } });
    await showNotice(currentItem(), bar());
    expect(old.item.notifications.get("sandkoll.thread")).toMatchObject({ type: "informationalMessage", actionText: null });
    installOutlook({ client: { ...CLIENTS.web, mailbox: "1.2" } });
    await expect(showNotice(currentItem(), bar())).resolves.toBe(false);
  });

  it("is words alone where Outlook refuses the button", async () => {
    const { item } = installOutlook();
    await showNotice(currentItem(), bar({ key: "another" }));
    await showNotice(currentItem(), bar());
    expect(item.notifications.get("sandkoll.thread")?.type).toBe("informationalMessage");
  });

  it("rejects when there is no room", async () => {
    installOutlook();
    for (const key of ["1", "2", "3", "4", "5"]) {
      await showNotice(currentItem(), bar({ key }));
    }
    await expect(showNotice(currentItem(), bar())).rejects.toMatchObject({ code: "office_failed" });
  });
});
