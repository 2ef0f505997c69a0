import { expect, it } from "vitest";
import { base64OfText } from "../../addin/src/encoding.ts";

it.each(["", "a", "ab", "abc", "Hej då, åäö!", "€ 😀 \u0000", "From: bo@example.se\r\n\r\nHej"])("%j as Node has it", (text) => {
  expect(base64OfText(text)).toBe(Buffer.from(text, "utf8").toString("base64"));
});

it("half a surrogate pair becomes the replacement character", () => {
  expect(Buffer.from(base64OfText("a\ud83d"), "base64").toString("utf8")).toBe("a\ufffd");
});
