import { describe, expect, it } from "vitest";
import { alertOptions, MAX_MESSAGE, shorten } from "../../../addin/src/assessment/smartAlert.ts";

const TOOLS = { canOverride: true, paneCommandId: "msgComposePane", cancelLabel: "Visa vad som krävs" };

describe("alertOptions", () => {
  it("lets an allowed item go", () => {
    expect(alertOptions({ decision: "allow", message: "" }, TOOLS)).toEqual({ allowEvent: true });
  });

  it("blocks with a message and a button that opens the pane", () => {
    expect(alertOptions({ decision: "block", message: "Märk först." }, TOOLS)).toEqual({
      allowEvent: false, errorMessage: "Märk först.", commandId: "msgComposePane", cancelLabel: "Visa vad som krävs",
    });
  });

  it("weakens to a question", () => {
    expect(alertOptions({ decision: "prompt", message: "Säker?" }, TOOLS)).toMatchObject({ allowEvent: false, sendModeOverride: "promptUser" });
  });

  it("stays strict where the client cannot ask", () => {
    expect(alertOptions({ decision: "prompt", message: "Säker?" }, { ...TOOLS, canOverride: false })).toEqual({ allowEvent: false, errorMessage: "Säker?" });
  });

  it("keeps Outlook's limits", () => {
    const options = alertOptions({ decision: "block", message: "ord ".repeat(300) }, { ...TOOLS, cancelLabel: "x".repeat(40) });
    expect(options.errorMessage?.length).toBeLessThanOrEqual(MAX_MESSAGE);
    expect(options.cancelLabel).toHaveLength(20);
  });
});

describe("shorten", () => {
  it.each([
    ["kort", 10, "kort"],
    ["ett två tre fyra", 10, "ett två…"],
    ["abcdefghijklmnop", 10, "abcdefghi…"],
    ["abcdefgh😀xyz", 10, "abcdefgh…"],
  ])("%s to %i", (text, limit, expected) => {
    expect(shorten(text, limit)).toBe(expected);
  });
});
