/** How long a region that is emptied for the sake of the same words again stays empty. Milliseconds. */
const PAUSE_MS = 50;

/** Puts words into a live region. The same words twice in a row would not be read out again, so that the region is emptied in between. */
export function createLive(region: Pick<HTMLElement, "textContent">): (words: string) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (words) => {
    clearTimeout(timer);
    const isAgain = words !== "" && region.textContent === words;
    region.textContent = isAgain ? "" : words;
    if (isAgain) {
      timer = setTimeout(() => {
        region.textContent = words;
      }, PAUSE_MS);
    }
  };
}
