/** Base64 of a text in UTF-8, in what every runtime has: classic Outlook knows neither `btoa` nor `TextEncoder`. */

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** A lone surrogate becomes the replacement character. */
export function base64OfText(text: string): string {
  const bytes = utf8(text);
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    const last = third === undefined ? "=" : DIGITS.charAt(bits & 63);
    pieces.push(DIGITS.charAt(bits >> 18), DIGITS.charAt((bits >> 12) & 63), second === undefined ? "=" : DIGITS.charAt((bits >> 6) & 63), last);
  }
  return pieces.join("");
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const letter of text) {
    const point = letter.codePointAt(0) ?? 0;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) {
      bytes.push(code);
    } else if (code < 0x800) {
      bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    } else if (code < 0x10000) {
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    } else {
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
  }
  return bytes;
}
