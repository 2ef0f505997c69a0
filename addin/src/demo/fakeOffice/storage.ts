/** Session data, custom properties and internet headers of the simulated item, with Office's limits. */

import { answer, OfficeFailure, TOO_LARGE } from "./answers.ts";
import { demandWrite, type FakeHost } from "./host.ts";
import type { SimulatedItem } from "./simulatedItem.ts";

/** Characters of custom properties per item. */
const PROPERTY_LIMIT = 2500;
/** Characters of internet headers per message. */
const HEADER_LIMIT = 256 * 1024;

export function fakeSessionData(item: SimulatedItem, host: FakeHost): Record<string, unknown> {
  const data = item.sessionData;
  return {
    getAsync: (name: string, ...rest: unknown[]) => {
      answer(rest, host.latency, () => {
        const value = data.get(name);
        if (value === undefined) {
          throw new OfficeFailure(9020, "GenericResponseError", "The key was not found.");
        }
        return value;
      });
    },
    setAsync: (name: string, value: string, ...rest: unknown[]) => {
      answer(rest, host.latency, () => {
        const others = [...data].filter(([key]) => key !== name);
        demandRoom([...others, [name, value]], host.client.sessionLimit);
        data.set(name, value);
      });
    },
    removeAsync: (name: string, ...rest: unknown[]) => {
      answer(rest, host.latency, () => {
        demandWrite(host);
        data.delete(name);
      });
    },
    getAllAsync: (...rest: unknown[]) => {
      answer(rest, host.latency, () => Object.fromEntries(data));
    },
  };
}

/** A loaded copy: changes reach the item when `saveAsync` has answered, not before. */
export function fakeCustomProperties(item: SimulatedItem, host: FakeHost): Record<string, unknown> {
  const copy = new Map(Object.entries(item.customProperties));
  return {
    get: (name: string) => copy.get(name),
    set: (name: string, value: string) => copy.set(name, value),
    remove: (name: string) => copy.delete(name),
    getAll: () => Object.fromEntries(copy),
    saveAsync: (...rest: unknown[]) => {
      answer(rest, host.latency, () => {
        demandRoom([...copy], PROPERTY_LIMIT);
        item.customProperties = Object.fromEntries(copy);
        item.emit("changed");
      });
    },
  };
}

export function fakeHeaders(item: SimulatedItem, host: FakeHost): Record<string, unknown> {
  return {
    getAsync: (names: string[], ...rest: unknown[]) => {
      answer(rest, host.latency, () => {
        const known = names.map((name) => [name, item.headers.get(name.toLowerCase())] as const);
        return Object.fromEntries(known.filter(([, value]) => value !== undefined));
      });
    },
    setAsync: (headers: Record<string, string>, ...rest: unknown[]) => {
      answer(rest, host.latency, () => {
        demandWrite(host);
        const added = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
        demandRoom([...item.headers, ...added], HEADER_LIMIT);
        for (const [name, value] of added) {
          item.headers.set(name, value);
        }
        item.emit("changed");
      });
    },
    removeAsync: (names: string[], ...rest: unknown[]) => {
      answer(rest, host.latency, () => {
        demandWrite(host);
        for (const name of names) {
          item.headers.delete(name.toLowerCase());
        }
        item.emit("changed");
      });
    },
  };
}

function demandRoom(entries: readonly (readonly [string, string])[], limit: number): void {
  const size = entries.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  if (size > limit) {
    throw new OfficeFailure(TOO_LARGE, "DataExceedsMaximumSize", "The data exceeds the maximum size.");
  }
}
