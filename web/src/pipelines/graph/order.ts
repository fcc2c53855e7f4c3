import type { Layered } from "./layers.ts";

const sweeps = 8;

/** The places of each column, from top to bottom: each as near as may be to the middle of those it is linked with. */
export function ordered(layers: Layered): number[][] {
  const columns: number[][] = Array.from({ length: layers.columns }, () => []);
  for (const place of depthFirst(layers)) {
    columns[layers.columnOf[place] ?? 0]?.push(place);
  }

  const rank = layers.nodeOf.map(() => 0);
  const number = (column: number[]) => column.forEach((place, at) => (rank[place] = at));
  columns.forEach(number);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isForth = sweep % 2 === 0;
    const links = isForth ? layers.before : layers.after;
    for (const column of isForth ? columns : columns.toReversed()) {
      const wish = new Map(column.map((place) => [place, mean(links[place] ?? [], rank) ?? rank[place] ?? 0]));
      column.sort((one, other) => (wish.get(one) ?? 0) - (wish.get(other) ?? 0));
      number(column);
    }
  }

  return columns;
}

/** Neighbours first, so that what belongs together begins together. */
function depthFirst(layers: Layered): number[] {
  const seen = new Set<number>();
  for (const start of layers.nodeOf.keys()) {
    const open = [start];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (!seen.has(place)) {
        seen.add(place);
        open.push(...(layers.before[place] ?? []).toReversed(), ...(layers.after[place] ?? []).toReversed());
      }
    }
  }

  return [...seen];
}

export function mean(places: readonly number[], of: readonly number[]): number | undefined {
  return places.length === 0 ? undefined : places.reduce((sum, place) => sum + (of[place] ?? 0), 0) / places.length;
}
