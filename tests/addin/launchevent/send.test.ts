import { beforeAll, describe, expect, it } from "vitest";
import type { HttpReply } from "../../../addin/src/api/http.ts";
import { emptyRecipients, type ItemContent } from "../../../addin/src/demo/fakeOffice/simulatedItem.ts";
import { recipientSet } from "../../../addin/src/assessment/recipientSet.ts";
import { recipient } from "../factories.ts";
import { makeOutlook, type OutlookOptions, type TestOutlook } from "../outlook.ts";
import { bundleLaunchEvent, ORIGIN, runBundle, type FetchStub } from "./bundle.ts";

let code = "";
beforeAll(async () => {
  code = await bundleLaunchEvent();
});

function answer(body: unknown, status = 200): HttpReply {
  return { status, headers: { get: () => null }, text: () => Promise.resolve(JSON.stringify(body)) };
}

function deciding(send_decision: string, message = ""): FetchStub {
  return () => Promise.resolve(answer({ send_decision, message, obligations: [], receipt: null }));
}

const never: FetchStub = () => new Promise(() => undefined);

function handlerOf(fetch: FetchStub, options: OutlookOptions = {}): TestOutlook {
  const outlook = makeOutlook({ client: "classic", ...options, host: { process: "event", ...options.host } });
  runBundle(code, outlook, fetch);
  return outlook;
}

/** Raises the event and waits a moment longer than the answer, to catch a second completion. */
async function send(outlook: TestOutlook, name = "onMessageSend"): Promise<Office.SmartAlertsEventCompletedOptions> {
  let extra = 0;
  const { options } = await outlook.raise(name, () => { extra += 1; });
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  expect(extra).toBe(0);
  return options;
}

/** All of these confirmed, as the pane keeps it. */
function confirmedAmong(...addresses: string[]): string {
  return JSON.stringify({ set: recipientSet(addresses.map((address) => recipient(address))), addresses });
}

const TO_BO: Partial<ItemContent> = { recipients: { ...emptyRecipients(), to: [{ name: "Bo Berg", address: "bo.berg@example.se" }] } };

describe("the answer", () => {
  it("allow lets the item go", async () => {
    expect(await send(handlerOf(deciding("allow")))).toEqual({ allowEvent: true });
  });

  it("block stops it, with the server's words and a way to the pane", async () => {
    expect(await send(handlerOf(deciding("block", "Märk först.")))).toEqual({
      allowEvent: false, errorMessage: "Märk först.", commandId: "msgComposePane", cancelLabel: "Visa vad som krävs",
    });
  });

  it("prompt asks", async () => {
    expect(await send(handlerOf(deciding("prompt", "Säker?")))).toMatchObject({ allowEvent: false, errorMessage: "Säker?", sendModeOverride: "promptUser" });
  });

  it("a stop without words gets ours", async () => {
    expect((await send(handlerOf(deciding("block")))).errorMessage).toMatch(/Öppna panelen/);
  });

  it("a booking points at the booking's own pane button", async () => {
    const outlook = handlerOf(deciding("block", "Nej."), { content: { kind: "appointment" } });
    expect(await send(outlook, "onAppointmentSend")).toMatchObject({ commandId: "apptOrgPane" });
  });
});

describe("what the server is asked", () => {
  it("draft, verdict, label, grounds and confirmations, at the full address", async () => {
    const asked: { url: string; body: Record<string, unknown>; token: string | undefined }[] = [];
    const outlook = handlerOf((url, request) => {
      asked.push({ url, body: JSON.parse(request.body ?? "{}") as Record<string, unknown>, token: request.headers["Authorization"] });
      return deciding("allow")(url, request);
    }, { content: TO_BO });
    outlook.item.sessionData.set("sandkoll.verdict", "v1");
    outlook.item.sessionData.set("sandkoll.grounds", '{"sensitive":"health_social_care"}');
    outlook.item.sessionData.set("sandkoll.confirmed_recipients", confirmedAmong("bo.berg@example.se"));
    outlook.item.headers.set("x-sandkoll-label", "kanslig");
    await send(outlook);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      url: `${ORIGIN}/api/v1/send-checks`,
      token: "Bearer token-1",
      body: { verdict: "v1", label: "kanslig", grounds: { sensitive: "health_social_care" }, confirmed_recipients: ["bo.berg@example.se"] },
    });
    expect(asked[0]?.body["draft"]).toMatchObject({ subject: "Hej", label: "kanslig", recipients: [{ address: "bo.berg@example.se" }] });
  });

  it("no confirmations that were given for other recipients", async () => {
    const bodies: string[] = [];
    const outlook = handlerOf((url, request) => {
      bodies.push(request.body ?? "");
      return deciding("allow")(url, request);
    }, { content: TO_BO });
    outlook.item.sessionData.set("sandkoll.confirmed_recipients", confirmedAmong("bo.berg@example.se", "eva.ek@example.se"));
    await send(outlook);
    expect(JSON.parse(bodies[0] ?? "{}")).toMatchObject({ confirmed_recipients: [] });
  });

  it("without a pane there is no verdict, and no key for it", async () => {
    const bodies: string[] = [];
    await send(handlerOf((url, request) => {
      bodies.push(request.body ?? "");
      return deciding("allow")(url, request);
    }));
    expect(Object.keys(JSON.parse(bodies[0] ?? "{}") as object).sort()).toEqual(["confirmed_recipients", "draft", "grounds"]);
  });
});

const TROUBLE: readonly [string, FetchStub, OutlookOptions, RegExp][] = [
  ["a server that is down", () => Promise.reject(new TypeError("Failed to fetch")), {}, /går inte att nå/],
  ["a server that throws at once", () => { throw new Error("blocked"); }, {}, /gick inte att kontrollera/],
  ["a server error", () => Promise.resolve(answer({}, 500)), {}, /gick inte att kontrollera/],
  ["an answer that is not JSON", () => Promise.resolve({ ...answer(""), text: () => Promise.resolve("<html>") }), {}, /gick inte att kontrollera/],
  ["a refused token", () => Promise.resolve(answer({}, 401)), {}, /inte inloggad/],
  ["no token", deciding("allow"), { host: { token: () => Promise.resolve(null) } }, /inte inloggad/],
  ["too many senders", () => Promise.resolve(answer({}, 429)), {}, /Många skickar/],
  ["a draft that is too large", () => Promise.resolve(answer({}, 413)), {}, /för stort/],
  ["no item", deciding("allow"), { host: { item: null } }, /gick inte att kontrollera/],
];

describe("trouble is a question, in plain words", () => {
  it.each(TROUBLE)("%s", async (_name, fetch, options, words) => {
    const said = await send(handlerOf(fetch, options));
    expect(said).toMatchObject({ allowEvent: false, sendModeOverride: "promptUser" });
    expect(said.errorMessage).toMatch(words);
    expect(said.errorMessage?.length).toBeLessThanOrEqual(500);
  });

  it("a server that never answers is given up after four seconds", async () => {
    const started = performance.now();
    const said = await send(handlerOf(never));
    expect(performance.now() - started).toBeLessThan(4800);
    expect(said.errorMessage).toMatch(/går inte att nå/);
  });

  it("a token that never comes is given up in time", async () => {
    const started = performance.now();
    const said = await send(handlerOf(deciding("allow"), { host: { token: () => new Promise(() => undefined) } }));
    expect(performance.now() - started).toBeLessThan(4800);
    expect(said.allowEvent).toBe(false);
  });

  it("an Outlook that never calls back is given up in time", async () => {
    const outlook = makeOutlook({ client: "classic", host: { process: "event", latency: () => 60_000 } });
    runBundle(code, outlook, deciding("allow"));
    expect((await send(outlook)).allowEvent).toBe(false);
  });

  it.each(["MailboxEnums", "CoercionType", "context"])("a client without Office.%s gets an answer all the same", async (member) => {
    const outlook = makeOutlook({ client: "classic", host: { process: "event" } });
    Reflect.deleteProperty(outlook.Office, member);
    runBundle(code, outlook, deciding("allow"));
    expect((await send(outlook)).allowEvent).toBe(false);
  });

  it("speaks English where Outlook does", async () => {
    const said = await send(handlerOf(() => Promise.reject(new TypeError("down")), { host: { displayLanguage: "en-GB" } }));
    expect(said.errorMessage).toMatch(/cannot be reached/);
  });
});

describe("onNewMessageCompose", () => {
  it.each([["web", "forward"], ["web", "reply"], ["web", "new"]] as const)("on %s stores %s", async (client, composeType) => {
    const outlook = handlerOf(deciding("allow"), { client, content: { composeType } });
    await send(outlook, "onNewMessageCompose");
    expect(outlook.item.sessionData.get("sandkoll.compose_type")).toBe(composeType);
  });

  it("stores the type with the draft, for when it is opened again", async () => {
    const outlook = handlerOf(deciding("allow"), { client: "web", content: { composeType: "forward" } });
    await send(outlook, "onNewMessageCompose");
    const kept = JSON.parse(outlook.item.customProperties["sandkoll.draft"] ?? "{}") as Record<string, string>;
    expect(kept).toMatchObject({ composeType: "forward", session: outlook.item.sessionData.get("sandkoll.session") });
  });

  it("completes when there is nothing to read", async () => {
    await send(handlerOf(deciding("allow"), { host: { item: null } }), "onNewMessageCompose");
  });
});
