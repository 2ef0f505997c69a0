/** The language of Outlook's own menus, such as `sv-SE`; empty when unknown. */
export function displayLanguage(): string {
  const context = Office.context as Office.Context | undefined;
  return context?.displayLanguage ?? "";
}
