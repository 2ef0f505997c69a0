/** Keeps the keyboard's place when what had the focus goes away. */

/**
 * Draws. Where the focused control is gone afterwards, the focus moves to what came in its place (`data-holds-focus`), else to the next
 * one of the same list (`data-focus-list`, its children), else to the list's heading, else to the pane's own.
 */
export function keepingFocus(page: HTMLElement, draw: () => void): void {
  const before = focused(page);
  const place = before?.closest<HTMLElement>("[data-holds-focus]") ?? null;
  const list = before?.closest<HTMLElement>("[data-focus-list]") ?? null;
  const index = list === null ? -1 : [...list.children].findIndex((child) => child.contains(before));
  draw();
  if (before !== null && focused(page) === null) {
    (inPlace(place) ?? inList(list, index) ?? headingOf(page, list)).focus();
  }
}

function focused(page: HTMLElement): Element | null {
  return page.contains(document.activeElement) ? document.activeElement : null;
}

function inPlace(place: HTMLElement | null): HTMLElement | null {
  return place?.isConnected === true ? place.querySelector<HTMLElement>("button") ?? place : null;
}

/** The one that moved up into the place, or the last one. */
function inList(list: HTMLElement | null, index: number): HTMLElement | null {
  const child = list?.isConnected === true ? list.children[Math.min(index, list.children.length - 1)] : undefined;
  return child?.querySelector<HTMLElement>("[tabindex='-1']") ?? null;
}

function headingOf(page: HTMLElement, list: HTMLElement | null): HTMLElement {
  const id = list?.dataset["focusList"] ?? "";
  const own = id === "" ? null : page.querySelector<HTMLElement>(`#${id}`);
  return own ?? page.querySelector<HTMLElement>("#verdict") ?? page;
}
