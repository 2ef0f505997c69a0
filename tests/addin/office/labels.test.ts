import { describe, expect, it } from "vitest";
import { currentItem } from "../../../addin/src/office/item.ts";
import { LABEL_HEADER, LABEL_PROPERTY, readLabel, writeLabel } from "../../../addin/src/office/labels.ts";
import { installOutlook } from "../outlook.ts";

const MAPPING = { kanslig: "guid-k", mycket_kanslig: "guid-m" };
const TENANT_LABELS = [{ id: "guid-k", name: "Känslig" }, { id: "guid-m", name: "Mycket känslig" }];

describe("a message", () => {
  it("carries the label in a header and a saved property", async () => {
    const { item } = installOutlook();
    await writeLabel(currentItem(), "kanslig");
    expect(item.headers.get(LABEL_HEADER)).toBe("kanslig");
    expect(item.customProperties[LABEL_PROPERTY]).toBe("kanslig");
    await expect(readLabel(currentItem())).resolves.toBe("kanslig");
  });

  it("loses it again in both places", async () => {
    const { item } = installOutlook();
    await writeLabel(currentItem(), "kanslig");
    await writeLabel(currentItem(), null);
    expect(item.headers.size).toBe(0);
    expect(item.customProperties).toEqual({});
    await expect(readLabel(currentItem())).resolves.toBeNull();
  });

  it("says so when no place keeps the label", async () => {
    const { item } = installOutlook({ host: { permission: "ReadItem" } });
    Object.defineProperty(item, "customProperties", { get: () => ({}), set: () => undefined });
    await expect(writeLabel(currentItem(), "kanslig")).rejects.toMatchObject({ code: "label_not_set" });
  });

  it.each(["", "hemlig", "none "])("ignores a foreign header value %j", async (value) => {
    const { item } = installOutlook();
    item.headers.set(LABEL_HEADER, value);
    await expect(readLabel(currentItem())).resolves.toBeNull();
  });
});

describe("a booking", () => {
  it("carries the label in a property: bookings have no headers", async () => {
    const { item } = installOutlook({ content: { kind: "appointment" } });
    await writeLabel(currentItem(), "mycket_kanslig");
    expect(item.headers.size).toBe(0);
    await expect(readLabel(currentItem())).resolves.toBe("mycket_kanslig");
  });
});

describe("Purview", () => {
  it("is set and read where the tenant has labels and the policy maps them", async () => {
    const { item } = installOutlook({ host: { purviewLabels: TENANT_LABELS } });
    await writeLabel(currentItem(), "kanslig", MAPPING);
    expect(item.purviewLabel).toBe("guid-k");
    item.purviewLabel = "guid-m";
    await expect(readLabel(currentItem(), MAPPING)).resolves.toBe("mycket_kanslig");
  });

  it("is left alone without a mapping, without enabled labels, and before set 1.13", async () => {
    const unmapped = installOutlook({ host: { purviewLabels: TENANT_LABELS } });
    await writeLabel(currentItem(), "kanslig");
    expect(unmapped.item.purviewLabel).toBe("");
    const disabled = installOutlook();
    await writeLabel(currentItem(), "kanslig", MAPPING);
    expect(disabled.item.purviewLabel).toBe("");
    expect(disabled.item.headers.get(LABEL_HEADER)).toBe("kanslig");
  });
});
