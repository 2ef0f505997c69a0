import { html, type TemplateResult } from "lit-html";

export interface ButtonLook {
  readonly action: string;
  readonly press: () => void;
  readonly appearance?: "primary" | "subtle" | "outline";
  readonly isSmall?: boolean;
  readonly isWide?: boolean;
}

/** Fluent's button. Its role is internal to the element, which some assistive and all testing tools overlook: so it is said aloud. */
export function button(content: unknown, look: ButtonLook): TemplateResult {
  return html`
    <fluent-button role="button" class=${look.isWide === true ? "wide" : ""} appearance=${look.appearance ?? "outline"}
      size=${look.isSmall === true ? "small" : "medium"} data-action=${look.action} @click=${look.press}>${content}</fluent-button>`;
}
