/** The task pane: starts when Office is ready, then draws what the watcher finds. */

import "@fluentui/web-components/button.js";
import "@fluentui/web-components/spinner.js";
import { render } from "lit-html";
import { createApi } from "../api/client.ts";
import { announce, type Announced } from "../assessment/announcement.ts";
import type { PaneState } from "../assessment/state.ts";
import { paneView } from "../assessment/view.ts";
import { createTexts, type Texts } from "../l10n/texts.ts";
import { watchItem, watchItemSwitch } from "../office/events.ts";
import { officeReady, openExternal } from "../office/host.ts";
import { officeTokens } from "../office/identity.ts";
import { displayLanguage } from "../office/language.ts";
import { createActions, type Actions } from "./actions.ts";
import { announcementText, noticeText } from "./announcer.ts";
import { outlookDesk } from "./desk.ts";
import { createStore } from "./store.ts";
import { paneTemplate } from "./views/pane.ts";
import { Watcher } from "./watcher.ts";

const ANSWER_TIMEOUT_MS = 10_000;

async function start(): Promise<void> {
  await officeReady();
  const texts = createTexts(displayLanguage());
  document.documentElement.lang = texts.language;
  const tokens = officeTokens();
  const api = createApi({ origin: "", fetch: (url, request) => fetch(url, request), tokens, timeoutMs: ANSWER_TIMEOUT_MS });
  const desk = outlookDesk();
  const draw = createPainter(texts);
  const store = createStore((state) => {
    draw(state, actions);
  });
  const watcher = new Watcher({ api, desk, store, isHidden: () => document.hidden });
  const nudge = (): void => {
    watcher.nudge();
  };
  const retry = (): void => {
    watcher.retry();
  };
  const actions = createActions({ api, desk, store, nudge, retry, signIn: () => tokens.token(true), openExternal });
  store.change(await desk.recall().catch(() => ({})));
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
  const live = required("live");
  let announced: Announced | null = null;
  let noticed = 0;
  return (state, actions) => {
    const view = paneView(state);
    keepingFocus(page, () => render(paneTemplate({ state, view, texts, actions }), page));
    const next = announce(announced, view);
    if (next !== announced) {
      announced = next;
      live.textContent = announcementText(next, view, texts);
    }
    if (state.notice !== null && state.notice.serial !== noticed) {
      noticed = state.notice.serial;
      sayAnew(live, noticeText(state.notice, texts));
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

/** Emptied first: the same words twice in a row would not be read out again. */
function sayAnew(live: HTMLElement, words: string): void {
  live.textContent = "";
  setTimeout(() => {
    live.textContent = words;
  }, 50);
}

/** A button that has done its work goes away: the focus moves to what came in its place, or to the heading, instead of getting lost. */
function keepingFocus(page: HTMLElement, draw: () => void): void {
  const before = page.contains(document.activeElement) ? document.activeElement : null;
  const place = before?.closest<HTMLElement>("[data-holds-focus]") ?? null;
  draw();
  if (before === null || page.contains(document.activeElement)) {
    return;
  }
  const near = place?.isConnected === true ? place.querySelector<HTMLElement>("button") ?? place : null;
  (near ?? page.querySelector<HTMLElement>("#verdict") ?? page).focus();
}

/** The page was opened without Outlook around it, or its script could not be fetched. */
function sayNoOutlook(): void {
  required("pane").textContent = createTexts(navigator.language).text("trouble.pane.no_outlook");
}

start().catch(sayNoOutlook);
