import { placeOf, type Axis } from "./axes.ts";
import type { Brush } from "./view.ts";

/** Where axes stand, in pixels. */
export interface Drawn {
  /** Of each axis. */
  xs: number[];
  /** The high end, and the low one. */
  top: number;
  bottom: number;
  /** Where lines go that have no value on an axis. */
  none: number;
}

const nearPixels = 7;
/** Values in addresses are rounded. */
const slack = 1e-5;

/** The part of an axis that a brush covers, from low to high; undefined for one that means nothing there. */
export function rangeOf(axis: Axis, brush: Brush | undefined): [number, number] | undefined {
  const from = brush && placeOf(axis, brush.from);
  const to = brush && placeOf(axis, brush.to);
  return from === undefined || to === undefined ? undefined : [Math.min(from, to), Math.max(from, to)];
}

/** What of it can be seen: an address may name values beyond the ends of the axis. */
export function seenRange(axis: Axis, brush: Brush | undefined): [number, number] | undefined {
  const range = rangeOf(axis, brush);
  return range && [inside(range[0]), inside(range[1])];
}

/** The runs that lie within all brushes, by their numbers. */
export function shownOf(axes: Axis[], brushes: Record<string, Brush>, count: number): number[] {
  const limits = axes.flatMap((axis) => {
    const range = rangeOf(axis, brushes[axis.column]);
    return range ? [{ places: axis.places, low: range[0] - slack, high: range[1] + slack }] : [];
  });
  return Array.from({ length: count }, (_, run) => run).filter((run) =>
    limits.every(({ places, low, high }) => {
      const place = places[run];
      return place !== undefined && place >= low && place <= high;
    }),
  );
}

/** Runs by their values on an axis, the greatest or the least first; those without one come last. */
export function inOrder(runs: number[], axis: Axis | undefined, isLowFirst: boolean): number[] {
  const place = (run: number) => axis?.places[run] ?? (isLowFirst ? 2 : -1);
  return runs.toSorted((a, b) => (isLowFirst ? place(a) - place(b) : place(b) - place(a)));
}

/** The height at which a run crosses an axis. */
export function heightOf(axis: Axis, run: number, { top, bottom, none }: Drawn): number {
  const place = axis.places[run];
  return place === undefined ? none : bottom - place * (bottom - top);
}

/** The run whose line is nearest to a point, if one is near. */
export function nearestLine(axes: Axis[], runs: number[], drawn: Drawn, { x, y }: { x: number; y: number }): number | undefined {
  const right = Math.max(1, Math.min(drawn.xs.length - 1, drawn.xs.findIndex((at) => at >= x)));
  const [before, after] = [axes[right - 1], axes[right]];
  const [from, to] = [drawn.xs[right - 1] ?? 0, drawn.xs[right] ?? 0];
  if (!before || !after || x < from - nearPixels || x > to + nearPixels) {
    return undefined;
  }

  let found: number | undefined;
  let least = nearPixels;
  for (const run of runs) {
    const start = heightOf(before, run, drawn);
    const slope = (heightOf(after, run, drawn) - start) / (to - from);
    const distance = Math.abs(start + slope * (x - from) - y) / Math.hypot(1, slope);
    if (distance < least) {
      least = distance;
      found = run;
    }
  }

  return found;
}

function inside(place: number): number {
  return Math.min(1, Math.max(0, place));
}
