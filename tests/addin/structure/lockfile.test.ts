import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("the lock file names no registry", () => {
  const lock = readFileSync(new URL("../../../addin/package-lock.json", import.meta.url), "utf8");
  expect(lock).not.toContain('"resolved"');
});
