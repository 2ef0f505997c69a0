/** What the person does about the recipients: confirms them, takes one out, puts another in, has them checked again. */

import type { Api } from "../api/client.ts";
import { noticeAfter, type Notice } from "../assessment/feedback.ts";
import { withConfirmed } from "../assessment/recipientSet.ts";
import { CARDS_AT_ONCE } from "../assessment/recipientsView.ts";
import type { MeantPerson } from "../contract/recipients.ts";
import { codeOf } from "../errors.ts";
import type { Desk } from "./desk.ts";
import { checkRequest } from "./recipientLookup.ts";
import type { Store } from "./store.ts";

export interface RecipientActions {
  /** Confirms these addresses, or takes their confirmation back. */
  readonly confirm: (addresses: readonly string[], confirmed: boolean) => void;
  readonly removeRecipient: (address: string, name: string) => void;
  readonly swapRecipient: (address: string, meant: MeantPerson) => void;
  readonly showMoreRecipients: () => void;
  /** Has the draft judged anew as it stands. */
  readonly checkAgain: () => void;
  /** The same after a sign-in with what the directory asks of it. */
  readonly signInAgain: () => void;
}

export interface RecipientPorts {
  readonly api: Pick<Api, "checkRecipients" | "signIn">;
  readonly desk: Pick<Desk, "read" | "changeRecipient" | "keepConfirmed">;
  readonly store: Store;
  readonly reassess: () => void;
  /** Runs work that changes the draft: shows what went wrong, and has the draft looked at. True when it went well. */
  readonly attempt: (work: Promise<unknown>) => Promise<boolean>;
}

export function createRecipientActions(ports: RecipientPorts): RecipientActions {
  const { desk, store, attempt, reassess } = ports;
  const change = async (work: Promise<unknown>, kind: Notice["kind"], name: string): Promise<void> => {
    if (await attempt(work)) {
      store.change({ notice: noticeAfter(store.get().notice, { kind, trouble: null, name }) });
    }
  };
  return {
    confirm: (addresses, isConfirmed) => {
      const { confirmed, recipients } = store.get();
      const next = withConfirmed(confirmed, recipients, addresses, isConfirmed);
      store.change({ confirmed: next });
      void attempt(desk.keepConfirmed(next));
    },
    removeRecipient: (address, name) => void change(desk.changeRecipient(address, null), "removed", name),
    swapRecipient: (address, meant) => void change(desk.changeRecipient(address, meant), "swapped", meant.name || meant.address),
    showMoreRecipients: () => {
      store.change({ shownRecipients: store.get().shownRecipients + CARDS_AT_ONCE });
    },
    checkAgain: reassess,
    signInAgain: () => void signInAgain(ports).then(reassess, () => undefined),
  };
}

/** Only the call that is refused says what the directory asks of the sign-in. A sign-in that is broken off rejects. */
async function signInAgain({ api, desk }: RecipientPorts): Promise<void> {
  try {
    await api.checkRecipients(checkRequest(await desk.read()));
  } catch (error) {
    if (codeOf(error) === "signed_out") {
      await api.signIn();
    }
  }
}
