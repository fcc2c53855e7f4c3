/**
 * The nodes of a part in columns. Places are nodes and, in columns that an edge passes, where it passes; all edges of a node that pass
 * a column share one place there, so that what a hundred pipelines read is one line as long as it can be.
 */
export interface Layered {
  /** The node at a place; undefined where an edge passes. */
  nodeOf: (number | undefined)[];
  columnOf: number[];
  /** Places to the left and to the right of each place. */
  before: number[][];
  after: number[][];
  columns: number;
  /** The places that an edge ("from to") goes through. */
  paths: Map<string, number[]>;
}

type Edges = readonly (readonly [number, number])[];

export function layered(members: readonly number[], all: Edges): Layered {
  const local = new Map(members.map((node, at) => [node, at]));
  const edges = all.flatMap(([from, to]) => {
    const [a, b] = [local.get(from), local.get(to)];
    return a === undefined || b === undefined || a === b ? [] : [[a, b] as const];
  });
  const columnOf = columns(members.length, edges);
  const found: Layered = {
    nodeOf: [...members],
    columnOf,
    before: members.map(() => []),
    after: members.map(() => []),
    columns: Math.max(0, ...columnOf) + 1,
    paths: new Map(),
  };
  const passing = new Map<string, number>();
  const linked = new Set<string>();
  for (const [from, to] of edges) {
    const path = [from];
    for (let column = (columnOf[from] ?? 0) + 1; column < (columnOf[to] ?? 0); column++) {
      path.push(passingPlace(found, passing, from, column));
    }

    path.push(to);
    found.paths.set(`${members[from]} ${members[to]}`, path);
    path.slice(1).forEach((place, at) => link(found, linked, path[at] ?? 0, place));
  }

  return found;
}

function passingPlace(found: Layered, passing: Map<string, number>, from: number, column: number): number {
  const key = `${from} ${column}`;
  const known = passing.get(key);
  if (known !== undefined) {
    return known;
  }

  const place = found.nodeOf.push(undefined) - 1;
  found.columnOf.push(column);
  found.before.push([]);
  found.after.push([]);
  passing.set(key, place);
  return place;
}

function link(found: Layered, linked: Set<string>, from: number, to: number): void {
  const key = `${from} ${to}`;
  if (!linked.has(key)) {
    linked.add(key);
    found.after[from]?.push(to);
    found.before[to]?.push(from);
  }
}

/** One more than the last column that it follows from; what follows from nothing is beside the first that reads it. */
function columns(size: number, edges: Edges): number[] {
  const after: number[][] = Array.from({ length: size }, () => []);
  const waits = Array.from({ length: size }, () => 0);
  for (const [from, to] of edges) {
    after[from]?.push(to);
    waits[to] = (waits[to] ?? 0) + 1;
  }

  const isSource = waits.map((count) => count === 0);
  const column = Array.from({ length: size }, () => 0);
  const ready = [...isSource.keys()].filter((node) => isSource[node]);
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    for (const to of after[next] ?? []) {
      column[to] = Math.max(column[to] ?? 0, (column[next] ?? 0) + 1);
      waits[to] = (waits[to] ?? 0) - 1;
      if (waits[to] === 0) {
        ready.push(to);
      }
    }
  }

  return column.map((own, node) => {
    const readers = (after[node] ?? []).map((to) => column[to] ?? 0);
    return isSource[node] && readers.length > 0 ? Math.max(0, Math.min(...readers) - 1) : own;
  });
}
