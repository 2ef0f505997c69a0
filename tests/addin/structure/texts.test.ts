import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import paneEn from "../../../addin/src/l10n/en.json";
import eventsEn from "../../../addin/src/l10n/events.en.json";
import eventsSv from "../../../addin/src/l10n/events.sv.json";
import paneSv from "../../../addin/src/l10n/sv.json";
import { createEventTexts } from "../../../addin/src/l10n/eventTexts.ts";
import { createTexts } from "../../../addin/src/l10n/texts.ts";

const SRC = fileURLToPath(new URL("../../../addin/src/", import.meta.url));
const SOURCES = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));

const sv = { ...paneSv, ...eventsSv };
const en = { ...paneEn, ...eventsEn };

const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe("texts", () => {
  it("has the same keys in both languages", () => {
    expect(Object.keys(en)).toEqual(Object.keys(sv));
  });

  it.each(Object.keys(sv) as (keyof typeof sv)[])("%s is there, with the same places to fill", (key) => {
    expect(sv[key].trim()).not.toBe("");
    expect(placeholders(en[key])).toEqual(placeholders(sv[key]));
  });

  it("keeps the send texts within Outlook's limits", () => {
    for (const bundle of [sv, en]) {
      const sent = Object.entries(bundle).filter(([key]) => key.startsWith("trouble.send.") || key === "send.stopped");
      expect(sent.every(([, text]) => text.length <= 500)).toBe(true);
      expect(bundle["send.open_pane"].length).toBeLessThanOrEqual(20);
    }
  });

  it("keeps what stands above a draft within Outlook's limits, with the longest label", () => {
    for (const bundle of [sv, en]) {
      for (const key of ["thread.forward", "thread.flagged"] as const) {
        expect(bundle[key].replace("{label}", bundle["label.mycket_kanslig"]).length).toBeLessThanOrEqual(150);
      }
      expect(bundle["send.ask_approval"].length).toBeLessThanOrEqual(20);
      expect(bundle["thread.open_pane"].length).toBeLessThanOrEqual(30);
    }
  });

  it("has a word for any trouble", () => {
    const texts = createTexts("sv-SE");
    expect(texts.trouble("pane", "office_timeout")).toBe(sv["trouble.pane.office"]);
    expect(texts.trouble("pane", "never_heard_of")).toBe(sv["trouble.pane.other"]);
    expect(texts.trouble("request", "no_approver")).toBe(sv["trouble.request.no_approver"]);
    expect(createEventTexts("sv-SE").trouble("send", "signed_out")).toBe(sv["trouble.send.signed_out"]);
  });

  it("is Swedish unless Outlook is English", () => {
    expect(["sv-SE", "", "fi-FI", "en-US", "EN"].map((tag) => createTexts(tag).language)).toEqual(["sv", "sv", "sv", "en", "en"]);
  });
});

describe.each(SOURCES)("%s", (name) => {
  const text = readFileSync(join(SRC, name), "utf8");

  it("holds no Swedish", () => {
    expect(text).not.toMatch(/[åäöÅÄÖ]/);
    expect(text).not.toMatch(/["'`>][^"'`<]*\b(och|inte|du|ditt|skicka|mottagare|att)\b[^"'`<]*["'`<]/);
  });

  it("is at most 300 lines", () => {
    expect(text.split("\n").length).toBeLessThanOrEqual(300);
  });

  it("touches Office only where it may", () => {
    const may = /^(office|launchevent|demo)\//.test(name);
    // Types are free; values are not.
    const values = text.replace(/^.*\b(interface|type|import)\b.*$/gm, "").match(/\bOffice(Runtime)?\.(context|onReady|actions|auth|EventType)\b/g);
    expect(may || values === null).toBe(true);
  });
});
