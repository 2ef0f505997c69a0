/** Ids that the manifest and the code share. */

/** The `Control id` of the button that opens the pane, in a mail and in a booking. */
export const MESSAGE_PANE_COMMAND = "msgComposePane";
export const APPOINTMENT_PANE_COMMAND = "apptOrgPane";

/** The `resid` of the smallest icon. */
export const NOTICE_ICON = "Icon.16";

export function paneCommandId(appointment: boolean): string {
  return appointment ? APPOINTMENT_PANE_COMMAND : MESSAGE_PANE_COMMAND;
}
