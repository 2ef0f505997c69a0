/** `Office` and `OfficeRuntime` for a page or an event runtime without Outlook. */

import { answer, OfficeFailure, type Callback } from "./answers.ts";
import { AsyncResultStatus, CoercionType, EventType, MailboxEnums } from "./enums.ts";
import { demandWrite, supportsSet, type FakeHost } from "./host.ts";
import { fakeItem } from "./item.ts";
import { hasSet } from "./profiles.ts";

/** What a handler said with `event.completed`, and how often it said something. */
export interface Completion {
  readonly options: Office.SmartAlertsEventCompletedOptions;
}

export interface FakeOffice {
  readonly Office: Record<string, unknown>;
  readonly OfficeRuntime: Record<string, unknown>;
  /** Runs the associated handler; resolves with its first `event.completed`. Rejects when there is no such handler. */
  raise(functionName: string, onExtraCompletion?: () => void): Promise<Completion>;
}

type Handler = (event: { completed: (options?: Office.SmartAlertsEventCompletedOptions) => void }) => unknown;

export function createFakeOffice(host: FakeHost): FakeOffice {
  const handlers = new Map<string, Handler>();
  const office = {
    AsyncResultStatus,
    CoercionType,
    EventType,
    MailboxEnums,
    context: fakeContext(host),
    onReady: (callback?: (ready: unknown) => void) => whenReady(host, callback),
    actions: {
      associate: (name: string, handler: Handler) => handlers.set(name, handler),
    },
  };
  return {
    Office: office,
    OfficeRuntime: { auth: { getAccessToken: (options?: { allowSignInPrompt?: boolean }) => accessToken(host, options) } },
    raise: (name, onExtraCompletion) => raise(handlers, name, onExtraCompletion),
  };
}

/** In classic Outlook's event runtime `Office.onReady` never calls back. */
function whenReady(host: FakeHost, callback?: (ready: unknown) => void): Promise<unknown> {
  if (host.process === "event" && host.client.bareRuntime) {
    return new Promise(() => undefined);
  }
  return new Promise((resolve) => {
    setTimeout(() => {
      const ready = { host: "Outlook", platform: host.client.platform };
      callback?.(ready);
      resolve(ready);
    }, host.latency());
  });
}

async function accessToken(host: FakeHost, options: { allowSignInPrompt?: boolean } = {}): Promise<string> {
  const prompts = host.process === "pane" && options.allowSignInPrompt === true;
  const token = await host.token(prompts);
  if (token === null) {
    throw new OfficeFailure(13001, "UserNotSignedIn", "The user is not signed in.");
  }
  return token;
}

function raise(handlers: ReadonlyMap<string, Handler>, name: string, onExtraCompletion?: () => void): Promise<Completion> {
  return new Promise((resolve, reject) => {
    const handler = handlers.get(name);
    if (!handler) {
      reject(new Error(`no handler is associated with ${name}`));
      return;
    }
    let completed = false;
    handler({
      completed: (options = {}) => {
        if (completed) {
          onExtraCompletion?.();
          return;
        }
        completed = true;
        resolve({ options });
      },
    });
  });
}

function fakeContext(host: FakeHost): Record<string, unknown> {
  return {
    displayLanguage: host.displayLanguage,
    platform: host.client.platform,
    requirements: {
      isSetSupported: (name: string, version = "1.1") =>
        name === "Mailbox" ? hasSet(host.client.mailbox, version) : name === "OpenBrowserWindowApi",
    },
    mailbox: {
      userProfile: { emailAddress: host.user.address, displayName: host.user.name },
      item: host.item === null ? null : fakeItem(host.item, host),
      addHandlerAsync: (_type: string, _handler: unknown, ...rest: unknown[]) => {
        answer(rest, host.latency, () => undefined);
      },
      displayNewMessageForm: blocked(host, "displayNewMessageForm"),
    },
    ui: {
      openBrowserWindow: host.openBrowserWindow,
      displayDialogAsync: blocked(host, "displayDialogAsync"),
      messageParent: blocked(host, "messageParent"),
    },
    auth: { getAccessToken: blocked(host, "getAccessToken") },
    ...(supportsSet(host, "1.13") ? { sensitivityLabelsCatalog: fakeCatalog(host) } : {}),
  };
}

/** These calls are blocked in event handlers; the pane does not need them either, so neither process has them here. */
function blocked(host: FakeHost, name: string): () => never {
  return () => {
    throw new Error(`${name} is not available in the ${host.process} process`);
  };
}

function fakeCatalog(host: FakeHost): Record<string, unknown> {
  return {
    getIsEnabledAsync: (...rest: [Callback]) => {
      answer(rest, host.latency, () => {
        demandWrite(host);
        return host.purviewLabels !== null;
      });
    },
    getAsync: (...rest: [Callback]) => {
      answer(rest, host.latency, () => {
        demandWrite(host);
        return host.purviewLabels ?? [];
      });
    },
  };
}
