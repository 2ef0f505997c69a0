import { describe, expect, it } from "vitest";
import { call, orElse } from "../../../addin/src/office/calls.ts";
import { installOutlook } from "../outlook.ts";

type Done = (result: Office.AsyncResult<string>) => void;

const succeeded = { status: "succeeded", value: "ja" } as unknown as Office.AsyncResult<string>;
const failed = {
  status: "failed",
  error: { code: 7000, name: "PermissionError", message: "hemlig text" },
} as unknown as Office.AsyncResult<string>;

describe("call", () => {
  it("gives the value of a call that succeeded", async () => {
    installOutlook();
    await expect(call<string>("subject.getAsync", (done: Done) => { done(succeeded); })).resolves.toBe("ja");
  });

  it("rejects with Office's code and name, never its message", async () => {
    installOutlook();
    const asked = call<string>("subject.getAsync", (done: Done) => { done(failed); });
    await expect(asked).rejects.toMatchObject({ code: "office_failed", detail: "subject.getAsync 7000 PermissionError" });
  });

  it("does not hang on a callback that never comes", async () => {
    installOutlook();
    const asked = call<string>("subject.getAsync", () => undefined, 20);
    await expect(asked).rejects.toMatchObject({ code: "office_timeout" });
  });

  it("rejects when the call itself throws", async () => {
    installOutlook();
    const asked = call<string>("subject.getAsync", () => { throw new TypeError("not there"); });
    await expect(asked).rejects.toMatchObject({ code: "office_threw" });
  });

  it("ignores a callback that comes after the time-out", async () => {
    installOutlook();
    let late: Done = () => undefined;
    const asked = call<string>("subject.getAsync", (done: Done) => { late = done; }, 5);
    await expect(asked).rejects.toMatchObject({ code: "office_timeout" });
    late(succeeded);
  });
});

describe("orElse", () => {
  it("falls back when the work fails", async () => {
    await expect(orElse(Promise.reject(new Error("no")), "fallback")).resolves.toBe("fallback");
    await expect(orElse(Promise.resolve("value"), "fallback")).resolves.toBe("value");
  });
});
