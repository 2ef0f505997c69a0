/** Small drawings. Decoration only: the text beside each says the same. */

import { svg, html, type SVGTemplateResult, type TemplateResult } from "lit-html";

function icon(paths: SVGTemplateResult, name: string): TemplateResult {
  return html`<svg class="icon icon-${name}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${paths}</svg>`;
}

export const checkIcon = icon(svg`
  <circle cx="10" cy="10" r="8.25" fill="none" stroke="currentColor" stroke-width="1.5"></circle>
  <path d="M6.2 10.3 8.9 13l5-5.6" fill="none" stroke="currentColor" stroke-width="1.5"></path>`, "check");

export const todoIcon = icon(svg`
  <circle cx="10" cy="10" r="8.25" fill="none" stroke="currentColor" stroke-width="1.5"></circle>`, "todo");

export const infoIcon = icon(svg`
  <circle cx="10" cy="10" r="8.25" fill="none" stroke="currentColor" stroke-width="1.5"></circle>
  <path d="M10 9v5" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"></path>
  <circle cx="10" cy="6.2" r="1" fill="currentColor"></circle>`, "info");

export const warningIcon = icon(svg`
  <path d="M10 2.6 18 17H2z" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"></path>
  <path d="M10 8v4" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"></path>
  <circle cx="10" cy="14.4" r="1" fill="currentColor"></circle>`, "warning");

/** A shield in the label's own colour, from the policy. */
export function labelIcon(color: string): TemplateResult {
  return icon(svg`
    <path class="shield" d="M10 1.6 16.8 4v5.2c0 4.2-2.7 7.4-6.8 9.2-4.1-1.8-6.8-5-6.8-9.2V4z" fill=${color}></path>
    <path d="M10 6v5" stroke="#ffffff" stroke-width="1.8" stroke-linecap="round"></path>
    <circle cx="10" cy="13.7" r="1.1" fill="#ffffff"></circle>`, "label");
}
