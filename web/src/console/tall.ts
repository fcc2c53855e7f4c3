/** Browsers draw no element that is higher than some 33 million pixels: a list that is shows a part of its height, and scrolls the rest in. */
export const mostPixels = 16_000_000;
const nearWindows = 4;

/** Where one is in a list of rows of one height. */
export interface Spot {
  /** What the scroller says, in the height that is shown. */
  scrolled: number;
  /** How much farther down in the list that is. */
  offset: number;
}

export interface Tall {
  /** Of all rows. */
  real: number;
  /** Of the element that is scrolled. */
  shown: number;
  window: number;
}

export function tall(count: number, rowHeight: number, window: number): Tall {
  const real = count * rowHeight;
  return { real, shown: Math.min(real, mostPixels), window };
}

/** With this pixel of the list at the window's top. Near an end of the list one is as near to that of the element. */
export function spotAt(top: number, { real, shown, window }: Tall): Spot {
  const [mostTop, mostScrolled] = [Math.max(0, real - window), Math.max(0, shown - window)];
  const kept = Math.min(Math.max(0, Math.round(top)), mostTop);
  const room = Math.min(nearWindows * window, mostScrolled / 2);
  const share = mostTop === 0 ? 0 : Math.round((kept / mostTop) * mostScrolled);
  const scrolled = Math.min(Math.max(share, Math.min(kept, room)), mostScrolled - Math.min(mostTop - kept, room));
  return { scrolled, offset: kept - scrolled };
}

/**
 * After somebody scrolled: steps of less than a window are as long as they look; farther ones, by the bar or to an end, go to that part
 * of the whole list. Whoever comes to an end of the element, and not of the list, is given room to go on.
 */
export function spotAfter(before: Spot, scrolled: number, height: Tall): Spot {
  const [mostTop, mostScrolled] = [Math.max(0, height.real - height.window), Math.max(0, height.shown - height.window)];
  if (Math.abs(scrolled - before.scrolled) > height.window) {
    const top = mostScrolled === 0 ? 0 : Math.round((Math.min(scrolled, mostScrolled) / mostScrolled) * mostTop);
    return { scrolled, offset: top - scrolled };
  }

  const top = scrolled + before.offset;
  const isAtEnd = scrolled <= 0 || scrolled >= mostScrolled || top < 0 || top > mostTop;
  return isAtEnd ? spotAt(top, height) : { scrolled, offset: before.offset };
}

/** The rows in the window, and some around them: the first, and the one behind the last. */
export function rowsAt({ scrolled, offset }: Spot, window: number, rowHeight: number, count: number, around: number): [number, number] {
  const top = scrolled + offset;
  return [Math.max(0, Math.floor(top / rowHeight) - around), Math.min(count, Math.ceil((top + window) / rowHeight) + around)];
}
