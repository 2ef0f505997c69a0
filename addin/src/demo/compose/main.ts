/** The simulated compose window: starts, draws, and connects its frames. */

import { render } from "lit-html";
import { Demo, initialState } from "./demo.ts";
import { addressBook, fetchDirectory, fetchPeople } from "./directory.ts";
import { createOutlook, type OutlookWindow } from "./outlook.ts";
import type { DemoState } from "./state.ts";
import { say } from "./texts.ts";
import { page } from "./views/page.ts";

async function start(): Promise<void> {
  const [people, directory] = await Promise.all([fetchPeople(), fetchDirectory()]);
  let state: DemoState = initialState(people, addressBook(people, directory));
  const { outlook, runtime } = createOutlook(() => state);
  (window as unknown as OutlookWindow).simulatedOutlook = outlook;
  const root = document.getElementById("app");
  const update = (fields: Partial<DemoState>): void => {
    state = { ...state, ...fields };
    if (root !== null) {
      render(page(state, demo), root);
    }
  };
  const demo = new Demo({ get: () => state, update, runtime });
  demo.newDraft("message");
  if (state.people.length === 0) {
    update({ notice: say("people.none") });
  }
}

void start();
