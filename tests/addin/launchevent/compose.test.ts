import { beforeAll, describe, expect, it } from "vitest";
import type { HttpReply } from "../../../addin/src/api/http.ts";
import type { ItemContent } from "../../../addin/src/demo/fakeOffice/simulatedItem.ts";
import { forwardStanding } from "../factories.ts";
import { makeOutlook, type OutlookOptions, type TestOutlook } from "../outlook.ts";
import { bundleLaunchEvent, ORIGIN, runBundle, type FetchStub } from "./bundle.ts";

let code = "";
beforeAll(async () => {
  code = await bundleLaunchEvent();
});

const FORWARD: Partial<ItemContent> = { composeType: "forward", conversationId: "thread-1", subject: "VB: Plan" };

function saying(body: unknown, status = 200): FetchStub {
  const reply: HttpReply = { status, headers: { get: () => null }, text: () => Promise.resolve(JSON.stringify(body)) };
  return () => Promise.resolve(reply);
}

async function opened(fetch: FetchStub, options: OutlookOptions = {}): Promise<TestOutlook> {
  const outlook = makeOutlook({ client: "classic", content: FORWARD, ...options, host: { process: "event", ...options.host } });
  runBundle(code, outlook, fetch);
  await outlook.raise("onNewMessageCompose");
  return outlook;
}

describe("a draft that is opened in a flagged thread", () => {
  it("gets a bar that says so, with a way into the pane", async () => {
    const { item } = await opened(saying(forwardStanding({ thread_label: "mycket_kanslig" })));
    expect([...item.notifications.values()]).toEqual([{
      type: "insightMessage", actionText: "Öppna Sändkoll", commandId: "msgComposePane",
      message: "Tråden är märkt Mycket känslig. Be om godkännande i Sändkoll innan du vidarebefordrar.",
    }]);
  });

  it("that does not count as a forward is told of the thread alone", async () => {
    const { item } = await opened(saying(forwardStanding({ counts: false, signals: [] })), { host: { displayLanguage: "en-US" } });
    expect(item.notifications.get("sandkoll.thread")?.message).toBe("The thread is labelled Sensitive. To send it to anyone new, ask for approval in Sändkoll.");
  });

  it("is asked about with its session, and without what the attachments hold", async () => {
    const bodies: Record<string, unknown>[] = [];
    const file = { id: "a1", name: "x.txt", size: 3, inline: false, base64: "YWJj" };
    const mail = { id: "a2", name: "Plan", size: 3, inline: false, base64: "", eml: "Subject: Plan" };
    const { item } = await opened((url, request) => {
      bodies.push({ url, ...JSON.parse(request.body ?? "{}") as object });
      return saying(forwardStanding())(url, request);
    }, { content: { ...FORWARD, attachments: [file, mail] } });
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toMatchObject({
      url: `${ORIGIN}/api/v1/thread-checks`,
      draft: {
        conversation_id: "thread-1", session: item.sessionData.get("sandkoll.session"),
        attachments: [{ name: "x.txt", inline: false }, { name: "Plan", inline: false, content_type: "message/rfc822" }],
      },
    });
    expect(JSON.stringify(bodies[0])).not.toContain("YWJj");
  });
});

describe("silence", () => {
  it.each<[string, FetchStub]>([
    ["a thread that is not flagged", saying(forwardStanding({ thread_flagged: false, thread_label: "none" }))],
    ["a server that is down", () => Promise.reject(new TypeError("down"))],
    ["a server that knows no such call", saying({ code: "not_found" }, 404)],
    ["an answer of another shape", saying({ flagged: true })],
    ["a refused token", saying({}, 401)],
  ])("%s", async (_name, fetch) => {
    const { item } = await opened(fetch);
    expect(item.notifications.size).toBe(0);
    expect(item.sessionData.get("sandkoll.compose_type")).toBe("new");
  });

  it("a server that never answers is given up in time", async () => {
    const started = performance.now();
    const { item } = await opened(() => new Promise(() => undefined));
    expect(performance.now() - started).toBeLessThan(4800);
    expect(item.notifications.size).toBe(0);
  });

  it("an empty new mail is not asked about", async () => {
    let asked = 0;
    await opened(() => {
      asked += 1;
      return saying(forwardStanding())("", { method: "POST", headers: {} });
    }, { content: {} });
    expect(asked).toBe(0);
  });

  it("an Outlook that takes no bar", async () => {
    const outlook = makeOutlook({ client: "classic", content: FORWARD, host: { process: "event" } });
    for (const key of ["1", "2", "3", "4", "5"]) {
      outlook.item.notifications.set(key, { type: "informationalMessage", message: key, actionText: null, commandId: null });
    }
    runBundle(code, outlook, saying(forwardStanding()));
    await outlook.raise("onNewMessageCompose");
    expect(outlook.item.notifications.size).toBe(5);
  });
});

describe("at send", () => {
  const blocked = { send_decision: "block", message: "Be om ja.", obligations: [{ code: "request_forward_approval", met: false }], receipt: null };

  async function sent(fetch: FetchStub, request = ""): Promise<Office.SmartAlertsEventCompletedOptions> {
    const outlook = makeOutlook({ client: "classic", content: FORWARD, host: { process: "event" } });
    if (request !== "") {
      outlook.item.customProperties = { "sandkoll.draft": JSON.stringify({ of: "", request }) };
    }
    runBundle(code, outlook, fetch);
    return (await outlook.raise("onMessageSend")).options;
  }

  it("a missing approval is what the button says", async () => {
    expect(await sent(saying(blocked))).toMatchObject({ allowEvent: false, cancelLabel: "Be om godkännande", commandId: "msgComposePane" });
  });

  it.each([["an approval that was asked for", blocked, "r1"], ["another obstacle", { ...blocked, obligations: [{ code: "set_label", met: false }, null] }, ""], ["no word of obligations", { ...blocked, obligations: "x" }, ""]])(
    "%s: the pane shows what is left",
    async (_name, answer, request) => {
      expect((await sent(saying(answer), request)).cancelLabel).toBe("Visa vad som krävs");
    },
  );

  it("the request is relied on, also in a draft that was opened again", async () => {
    const bodies: Record<string, unknown>[] = [];
    await sent((url, request) => {
      bodies.push(JSON.parse(request.body ?? "{}") as Record<string, unknown>);
      return saying({ ...blocked, send_decision: "allow" })(url, request);
    }, "r1");
    expect(bodies[0]).toMatchObject({ approval_id: "r1" });
    expect((bodies[0]?.["draft"] as { session: string }).session).toMatch(/^[0-9a-f]{32}$/);
  });
});
