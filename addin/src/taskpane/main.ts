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
import { announcementText } from "./announcer.ts";
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
  const actions = createActions({ desk, store, nudge, retry, signIn: () => tokens.token(true), openExternal });
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
  return (state, actions) => {
    const view = paneView(state);
    keepingFocus(page, () => render(paneTemplate({ state, view, texts, actions }), page));
    const next = announce(announced, view);
    if (next !== announced) {
      announced = next;
      live.textContent = announcementText(next, view, texts);
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

/** A button that has done its work goes away: the focus moves to the heading instead of getting lost. */
function keepingFocus(page: HTMLElement, draw: () => void): void {
  const had = page.contains(document.activeElement);
  draw();
  if (had && !page.contains(document.activeElement)) {
    (page.querySelector<HTMLElement>("#verdict") ?? page).focus();
  }
}

/** The page was opened without Outlook around it, or its script could not be fetched. */
function sayNoOutlook(): void {
  required("pane").textContent = createTexts(navigator.language).text("trouble.pane.no_outlook");
}

start().catch(sayNoOutlook);
