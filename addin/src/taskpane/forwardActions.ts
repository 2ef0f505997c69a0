/** What the person does about a forward: fills in the question, asks, takes it back. */

import type { Api } from "../api/client.ts";
import { requestCodeOf } from "../api/problems.ts";
import { noticeAfter, type RequestNews } from "../assessment/feedback.ts";
import { EMPTY_FORM, latestRequest, LONGEST_COMMENT, type RequestForm } from "../assessment/forward.ts";
import { addressKey } from "../assessment/recipientSet.ts";
import type { ForwardRequest } from "../contract/forward.ts";
import type { Desk } from "./desk.ts";
import type { Store } from "./store.ts";

export interface ForwardActions {
  readonly fillIn: (fields: Partial<Pick<RequestForm, "reason" | "comment" | "isOpen">>) => void;
  /** Whether this recipient is asked for. */
  readonly askFor: (address: string, isAsked: boolean) => void;
  readonly askToForward: () => void;
  readonly withdrawRequest: () => void;
}

export interface ForwardPorts {
  readonly api: Pick<Api, "askToForward" | "withdrawRequest">;
  readonly desk: Pick<Desk, "read" | "keepRequest">;
  readonly store: Store;
  readonly reassess: () => void;
}

export function createForwardActions(ports: ForwardPorts): ForwardActions {
  const { store } = ports;
  const fill = (fields: Partial<RequestForm>): void => {
    store.change({ form: { ...store.get().form, ...fields } });
  };
  return {
    fillIn: fill,
    askFor: (address, isAsked) => {
      const key = addressKey(address);
      const others = store.get().form.without.filter((known) => known !== key);
      fill({ without: isAsked ? others : [...others, key] });
    },
    askToForward: () => {
      const { form, requesting } = store.get();
      fill({ tried: true });
      if (form.reason !== "" && !requesting) {
        void settle(ports, ask(ports), "asked");
      }
    },
    withdrawRequest: () => {
      const { request, requesting } = store.get();
      if (request !== null && !requesting) {
        void settle(ports, ports.api.withdrawRequest(request.id), "withdrawn");
      }
    },
  };
}

/** Null when there is nobody to ask for. */
async function ask({ api, desk, store }: ForwardPorts): Promise<ForwardRequest | null> {
  const draft = await desk.read();
  const { form, assessment } = store.get();
  const addresses = new Map(draft.recipients.map(({ address }) => [addressKey(address), address]));
  const recipients = [...addresses].filter(([key]) => !form.without.includes(key)).map(([, address]) => address);
  if (recipients.length === 0) {
    return null;
  }
  const comment = form.comment.trim().slice(0, LONGEST_COMMENT);
  const request = await api.askToForward({ draft, verdict: assessment?.verdict ?? "", recipients, reason: form.reason, comment });
  // Where the client keeps nothing, the server still finds the request by the draft's content.
  await desk.keepRequest(request.id).catch(() => false);
  return request;
}

async function settle({ store, reassess }: ForwardPorts, work: Promise<ForwardRequest | null>, news: RequestNews): Promise<void> {
  store.change({ requesting: true, requestTrouble: null });
  try {
    const told = await work;
    const { notice, request } = store.get();
    store.change({
      requesting: false,
      ...(told === null ? {} : {
        // A new question takes the place of an older request, whatever the clocks say.
        request: news === "asked" ? told : latestRequest(request, told),
        form: EMPTY_FORM,
        notice: noticeAfter(notice, { kind: told.status === "pending" ? "asked" : told.status, trouble: null }),
      }),
    });
  } catch (error) {
    const code = requestCodeOf(error);
    store.change({ requesting: false, requestTrouble: code, notice: noticeAfter(store.get().notice, { kind: "request_failed", trouble: code }) });
  }
  // An answer may have come in between: what stands now is the server's to say.
  reassess();
}
