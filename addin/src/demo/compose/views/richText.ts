/** HTML into the page under a CSP that forbids inline styles: style attributes are set through the object model instead. */

const KEPT_STYLE = "data-kept-style";

/** Shows sample HTML (from our own files) in `element`. */
export function setHtml(element: Element | undefined, markup: string): void {
  if (!(element instanceof HTMLElement)) {
    return;
  }
  element.innerHTML = markup.replaceAll(' style="', ` ${KEPT_STYLE}="`);
  for (const styled of element.querySelectorAll<HTMLElement>(`[${KEPT_STYLE}]`)) {
    styled.style.cssText = styled.getAttribute(KEPT_STYLE) ?? "";
    styled.removeAttribute(KEPT_STYLE);
  }
}

const filled = new WeakSet<Element>();

/** For `ref`: shows the HTML when the element appears, and never again, since the person's own typing lives in it from then on. */
export function fillOnce(markup: string): (element: Element | undefined) => void {
  return (element) => {
    if (element && !filled.has(element)) {
      filled.add(element);
      setHtml(element, markup);
    }
  };
}

export type Format = "bold" | "italic" | "underline" | "insertUnorderedList";

/** Formats the selection in the editor. The old editing command is what every browser still has for this. */
export function format(command: Format): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand(command);
}
