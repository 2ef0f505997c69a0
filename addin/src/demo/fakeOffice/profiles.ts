/** What the simulated clients can do and where they differ. Sources: Office requirement sets (06/2026) and office-js issues. */

export type ClientId = "web" | "classic" | "mac";

export interface ClientProfile {
  readonly id: ClientId;
  /** The highest Mailbox requirement set. */
  readonly mailbox: string;
  readonly platform: "OfficeOnline" | "PC" | "Mac";
  /** Characters of session data in all. */
  readonly sessionLimit: number;
  /** Recipients that `getAsync` gives per field. */
  readonly recipientLimit: number;
  /** `getComposeTypeAsync` calls replies and forwards new mail (office-js issues 6652 and 6739). */
  readonly forgetsComposeType: boolean;
  /** A new booking's organizer stands among the required attendees. */
  readonly listsOrganizer: boolean;
  /** Event handlers run without a page, and `Office.onReady` never calls back there. */
  readonly bareRuntime: boolean;
  /** The dialog has a button of its own for the pane; else the "don't send" button opens it. */
  readonly hasActionButton: boolean;
}

export const CLIENTS: Readonly<Record<ClientId, ClientProfile>> = {
  web: {
    id: "web",
    mailbox: "1.16",
    platform: "OfficeOnline",
    sessionLimit: 2_621_440,
    recipientLimit: 1000,
    forgetsComposeType: false,
    listsOrganizer: false,
    bareRuntime: false,
    hasActionButton: true,
  },
  classic: {
    id: "classic",
    mailbox: "1.15",
    platform: "PC",
    sessionLimit: 50_000,
    recipientLimit: 500,
    forgetsComposeType: true,
    listsOrganizer: true,
    bareRuntime: true,
    hasActionButton: true,
  },
  mac: {
    id: "mac",
    mailbox: "1.14",
    platform: "Mac",
    sessionLimit: 50_000,
    recipientLimit: Number.POSITIVE_INFINITY,
    forgetsComposeType: true,
    listsOrganizer: false,
    bareRuntime: false,
    hasActionButton: false,
  },
};

/** Compares requirement set versions part by part: 1.9 < 1.10. */
export function hasSet(highest: string, asked: string): boolean {
  const [major = 0, minor = 0] = highest.split(".").map(Number);
  const [askedMajor = 0, askedMinor = 0] = asked.split(".").map(Number);
  return major > askedMajor || (major === askedMajor && minor >= askedMinor);
}
