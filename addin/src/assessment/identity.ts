/** How a recipient is recognised: initials, the parts of an address, where two domains differ. Plain text, no page. */

/** How many colours there are for the initials. */
export const AVATAR_COLOURS = 6;

/** Two letters at most: of the first and the last word of the name, else of the address; "?" without letters. */
export function initials(name: string, address: string): string {
  const letters = initialsOf(name.split(/[\s,()]+/));
  return letters || initialsOf(localPart(address).split(/[._+-]/)) || "?";
}

function initialsOf(words: readonly string[]): string {
  const starts = words.map((word) => /\p{L}/u.exec(word)?.[0] ?? "").filter((letter) => letter !== "");
  const ends = starts.length > 1 ? [starts[0], starts.at(-1)] : starts;
  return ends.join("").toLocaleUpperCase("sv");
}

/** The same colour for the same address every time; from 0. */
export function avatarColour(key: string): number {
  let sum = 0;
  for (const letter of key) {
    sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  }
  return sum % AVATAR_COLOURS;
}

export function localPart(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 0 ? address : address.slice(0, at);
}

/** Empty without an at sign. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 0 ? "" : address.slice(at + 1);
}

export interface Difference {
  readonly before: string;
  readonly differs: string;
  readonly after: string;
}

/** Where `text` differs from `other`: what they begin and end with alike is `before` and `after`. */
export function differenceFrom(text: string, other: string): Difference {
  const mine = Array.from(text);
  const theirs = Array.from(other);
  const most = Math.min(mine.length, theirs.length);
  let start = 0;
  while (start < most && mine[start] === theirs[start]) {
    start += 1;
  }
  let end = 0;
  while (end < most - start && mine[mine.length - 1 - end] === theirs[theirs.length - 1 - end]) {
    end += 1;
  }
  const stop = mine.length - end;
  return { before: mine.slice(0, start).join(""), differs: mine.slice(start, stop).join(""), after: mine.slice(stop).join("") };
}
