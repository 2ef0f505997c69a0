/** When a screen reader is told something: the label changed, or the check broke off. Never on each keystroke. */

import type { PaneView } from "./view.ts";

export interface Announced {
  readonly key: string;
  readonly text: "announce.label" | "announce.clear" | "announce.advice" | "announce.done" | "announce.trouble" | null;
}

const CHECKING = "checking";

/** What to say after `view` replaced what was said last (`before`, null at the start). `text` is null when nothing is to be said. */
export function announce(before: Announced | null, view: PaneView): Announced {
  const key = keyOf(view);
  if (before?.key === key) {
    return before;
  }
  // A calm first answer interrupts nobody.
  const isFirst = before === null || before.key === CHECKING;
  return { key, text: isFirst && view.phase === "clear" && view.trouble === null ? null : textOf(view) };
}

function keyOf(view: PaneView): string {
  if (view.trouble !== null) {
    return `trouble:${view.trouble}`;
  }
  const done = view.phase === "done" ? ":done" : "";
  return view.phase === "checking" ? CHECKING : `label:${view.suggested?.id ?? view.phase}${done}`;
}

function textOf(view: PaneView): Announced["text"] {
  if (view.trouble !== null) {
    return "announce.trouble";
  }
  switch (view.phase) {
    case "suggestion":
      return "announce.label";
    case "advice":
      return "announce.advice";
    case "done":
      return "announce.done";
    case "clear":
      return "announce.clear";
    default:
      return null;
  }
}
