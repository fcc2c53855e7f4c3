import { nodeHeight } from "./layout.ts";
import type { Layered } from "./layers.ts";
import { mean } from "./order.ts";

const nodeGap = 14;
/** Where an edge passes there need not be room for a node. */
const passingHeight = 10;
const sweeps = 6;

/** How far down each place is: columns keep their order, and each place comes as near to its neighbours as the others let it. */
export function placed(layers: Layered, columns: readonly number[][]): number[] {
  const y = layers.nodeOf.map(() => 0);
  const offsets = columns.map((column) => stacked(column, layers));
  columns.forEach((column, at) => column.forEach((place, index) => (y[place] = offsets[at]?.[index] ?? 0)));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isForth = sweep % 2 === 0;
    const links = isForth ? layers.before : layers.after;
    for (const at of isForth ? columns.keys() : [...columns.keys()].toReversed()) {
      settle(columns[at] ?? [], offsets[at] ?? [], (place) => mean(links[place] ?? [], y) ?? y[place] ?? 0, y);
    }
  }

  const top = Math.min(...y);
  return y.map((one) => one - top + nodeHeight / 2);
}

/** How far down the places of a column are when they lie upon each other. */
function stacked(column: readonly number[], layers: Layered): number[] {
  let end = 0;
  return column.map((place) => {
    const height = layers.nodeOf[place] === undefined ? passingHeight : nodeHeight;
    const middle = end + height / 2;
    end += height + nodeGap;
    return middle;
  });
}

/**
 * The places of a column where the sum of squares of what they are away from their wishes is least (pool adjacent violators): those that
 * would come too near to each other become a block, which wishes for what its members wish for on the whole.
 */
function settle(column: readonly number[], offsets: readonly number[], wish: (place: number) => number, y: number[]): void {
  const blocks: { sum: number; count: number }[] = [];
  column.forEach((place, at) => {
    let block = { sum: wish(place) - (offsets[at] ?? 0), count: 1 };
    for (let above = blocks.at(-1); above && above.sum / above.count > block.sum / block.count; above = blocks.at(-1)) {
      block = { sum: above.sum + block.sum, count: above.count + block.count };
      blocks.pop();
    }

    blocks.push(block);
  });
  let at = 0;
  for (const { sum, count } of blocks) {
    for (const end = at + count; at < end; at++) {
      y[column[at] ?? 0] = sum / count + (offsets[at] ?? 0);
    }
  }
}
