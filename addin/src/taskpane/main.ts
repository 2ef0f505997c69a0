/** The task pane: starts when Office is ready, then draws what the watcher finds. */

import "@fluentui/web-components/button.js";
import "@fluentui/web-components/spinner.js";
import { render } from "lit-html";
import { createApi } from "../api/client.ts";
import type { PaneState } from "../assessment/state.ts";
import { paneView } from "../assessment/view.ts";
import { createTexts, type Texts } from "../l10n/texts.ts";
import { watchItem, watchItemSwitch } from "../office/events.ts";
import { officeReady, openExternal } from "../office/host.ts";
import { officeTokens } from "../office/identity.ts";
import { displayLanguage } from "../office/language.ts";
import { createActions, type Actions } from "./actions.ts";
import { createAnnouncer } from "./announcer.ts";
import { outlookDesk } from "./desk.ts";
import { keepingFocus } from "./focus.ts";
import { createLive } from "./live.ts";
import { RequestFollower } from "./requestFollower.ts";
import { createStore } from "./store.ts";
import { paneTemplate } from "./views/pane.ts";
import { Watcher } from "./watcher.ts";

const ANSWER_TIMEOUT_MS = 10_000;

async function start(): Promise<void> {
  await officeReady();
  const texts = createTexts(displayLanguage());
  document.documentElement.lang = texts.language;
  const api = createApi({
    origin: "", fetch: (url, request) => fetch(url, request), tokens: officeTokens(), timeoutMs: ANSWER_TIMEOUT_MS,
  });
  const desk = outlookDesk();
  const draw = createPainter(texts);
  const store = createStore((state) => {
    draw(state, actions);
    follower.consider();
  });
  const watcher = new Watcher({ api, desk, store, isHidden: () => document.hidden });
  const nudge = (): void => {
    watcher.nudge();
  };
  const retry = (): void => {
    watcher.retry();
  };
  const reassess = (): void => {
    watcher.reassess();
  };
  const isHidden = (): boolean => document.hidden;
  const follower = new RequestFollower({ api, store, isHidden, reassess, keepRequest: desk.keepRequest });
  const actions = createActions({ api, desk, store, nudge, retry, reassess, openExternal });
  store.change(await desk.recall().catch(() => ({})));
  const kept = await desk.recallRequest().catch(() => null);
  if (kept !== null) {
    follower.start(kept);
  }
  document.addEventListener("visibilitychange", () => {
    follower.nudge();
  });
  await watchOutlook(nudge);
}

async function watchOutlook(nudge: () => void): Promise<void> {
  document.addEventListener("visibilitychange", nudge);
  // Everything here is about one draft; for another, a pinned pane starts afresh.
  await watchItemSwitch(() => {
    location.reload();
  });
  await watchItem(nudge);
}

/** Draws the state, and tells screen readers what is worth interrupting for. */
function createPainter(texts: Texts): (state: PaneState, actions: Actions) => void {
  const page = required("pane");
  const say = createLive(required("live"));
  const hear = createAnnouncer(texts);
  return (state, actions) => {
    const view = paneView(state);
    keepingFocus(page, () => render(paneTemplate({ state, view, texts, actions }), page));
    const words = hear(state, view);
    if (words !== null) {
      say(words);
    }
  };
}

function required(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) {
    throw new Error(`#${id} is missing`);
  }
  return element;
}

/** The page was opened without Outlook around it, or its script could not be fetched. */
function sayNoOutlook(): void {
  required("pane").textContent = createTexts(navigator.language).text("trouble.pane.no_outlook");
}

start().catch(sayNoOutlook);
