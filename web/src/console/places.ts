/** Which lines of a console are shown, in order. */
export interface Places {
  count: number;
  /** The place of the line that is shown as this one. */
  at: (index: number) => number;
  /** As which one the line at a place is shown, or the first after it. */
  indexOf: (place: number) => number;
}

export function allPlaces(total: number): Places {
  return { count: total, at: (index) => index, indexOf: (place) => place };
}

/** @param pairs A first place and a count, again and again, in rising order. */
export function somePlaces(pairs: number[]): Places {
  const ranges: { from: number; index: number; count: number }[] = [];
  let count = 0;
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    ranges.push({ from: pairs[at] ?? 0, index: count, count: pairs[at + 1] ?? 0 });
    count += pairs[at + 1] ?? 0;
  }

  return {
    count,
    at: (index) => {
      const range = ranges[last(ranges.length, (one) => (ranges[one]?.index ?? 0) <= index)];
      return range ? range.from + index - range.index : 0;
    },
    indexOf: (place) => {
      const range = ranges[last(ranges.length, (one) => (ranges[one]?.from ?? 0) <= place)];
      return range ? range.index + Math.min(place - range.from, range.count) : 0;
    },
  };
}

/** The last of those for which it holds, where it holds for the first ones. */
function last(count: number, holds: (at: number) => boolean): number {
  let low = -1;
  let high = count;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (holds(middle)) {
      low = middle;
    } else {
      high = middle;
    }
  }

  return low;
}
