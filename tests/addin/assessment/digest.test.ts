import { describe, expect, it } from "vitest";
import { draftDigest, uploadSize } from "../../../addin/src/assessment/digest.ts";
import type { Draft } from "../../../addin/src/contract/draft.ts";
import { draft, recipient } from "../factories.ts";

const CHANGES: readonly [string, Partial<Draft>][] = [
  ["subject", { subject: "Hej då" }],
  ["body by one character", { body: "<p>Hej?</p>" }],
  ["recipient", { recipients: [recipient("bo@example.se")] }],
  ["label", { label: "kanslig" }],
  ["attachment name", { attachments: [{ name: "a.pdf", inline: false }] }],
  ["attachment content", { attachments: [{ name: "a.pdf", inline: false, content_base64: "aGVq" }] }],
  ["compose type", { compose_type: "forward" }],
  ["location", { location: "Rum 3" }],
];

describe("draftDigest", () => {
  it("is equal for equal drafts", () => {
    expect(draftDigest(draft())).toBe(draftDigest(draft()));
  });

  it.each(CHANGES)("differs for another %s", (_name, change) => {
    expect(draftDigest(draft(change))).not.toBe(draftDigest(draft()));
  });

  it("does not hold the text", () => {
    expect(draftDigest(draft({ body: "hemligt" }))).not.toContain("hemligt");
  });

  it("has no collisions among ten thousand similar drafts", () => {
    const digests = Array.from({ length: 10_000 }, (_value, index) => draftDigest(draft({ body: `Rad ${String(index)}` })));
    expect(new Set(digests).size).toBe(10_000);
  });
});

it("uploadSize counts body and file contents", () => {
  expect(uploadSize(draft({ body: "12345", attachments: [{ name: "a", inline: false, content_base64: "1234" }] }))).toBe(9);
});
