import type { Point } from "./layout.ts";

const gap = 48;
/** As wide as windows are, for their height. */
const proportion = 1.8;

interface Part {
  width: number;
  height: number;
}

/** Puts parts beside each other, in rows that begin with the tallest, into a rectangle that a window shows well. */
export function packed(parts: readonly Part[]): { places: Point[]; width: number; height: number } {
  const area = parts.reduce((sum, part) => sum + (part.width + gap) * (part.height + gap), 0);
  const widest = Math.max(0, ...parts.map((part) => part.width), Math.sqrt(area * proportion));
  const places: Point[] = [];
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  for (const at of [...parts.keys()].toSorted((one, other) => (parts[other]?.height ?? 0) - (parts[one]?.height ?? 0))) {
    const part = parts[at] ?? { width: 0, height: 0 };
    if (x > 0 && x + part.width / 2 > widest) {
      [x, y, rowHeight] = [0, y + rowHeight + gap, 0];
    }

    places[at] = { x, y };
    rowHeight = Math.max(rowHeight, part.height);
    width = Math.max(width, x + part.width);
    x += part.width + gap;
  }

  return { places, width, height: y + rowHeight };
}
