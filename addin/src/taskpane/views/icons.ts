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

export const stopIcon = icon(svg`
  <circle cx="10" cy="10" r="8.25" fill="none" stroke="currentColor" stroke-width="1.5"></circle>
  <path d="M5.5 14.5 14.5 5.5" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"></path>`, "stop");

export const unknownIcon = icon(svg`
  <circle cx="10" cy="10" r="8.25" fill="none" stroke="currentColor" stroke-width="1.5"></circle>
  <path d="M7.6 8.1a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .7-1 1.4" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"></path>
  <circle cx="10" cy="14" r="1" fill="currentColor"></circle>`, "unknown");

export const groupIcon = icon(svg`
  <circle cx="7" cy="7.2" r="2.8" fill="none" stroke="currentColor" stroke-width="1.5"></circle>
  <path d="M2 16.2c0-3 2.2-4.7 5-4.7s5 1.7 5 4.7" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"></path>
  <path d="M12.6 4.8a2.8 2.8 0 0 1 0 5M14.2 12.1c2.3.4 3.8 2 3.8 4.1" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"></path>`, "group");

export const unitIcon = icon(svg`
  <path d="M3.5 17V6l6.5-3 6.5 3v11zM10 17v-4" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"></path>
  <path d="M7 8.5h1M12 8.5h1" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"></path>`, "unit");

export const outsideIcon = icon(svg`
  <path d="M11 3h6v6M17 3l-8 8M8 5H4.5A1.5 1.5 0 0 0 3 6.5v9A1.5 1.5 0 0 0 4.5 17h9a1.5 1.5 0 0 0 1.5-1.5V12" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"></path>`, "outside");

/** A shield in the label's own colour, from the policy. */
export function labelIcon(color: string): TemplateResult {
  return icon(svg`
    <path class="shield" d="M10 1.6 16.8 4v5.2c0 4.2-2.7 7.4-6.8 9.2-4.1-1.8-6.8-5-6.8-9.2V4z" fill=${color}></path>
    <path d="M10 6v5" stroke="#ffffff" stroke-width="1.8" stroke-linecap="round"></path>
    <circle cx="10" cy="13.7" r="1.1" fill="#ffffff"></circle>`, "label");
}
