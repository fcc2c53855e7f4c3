import { ordered } from "./order.ts";
import { layered } from "./layers.ts";
import { packed } from "./pack.ts";
import { placed } from "./place.ts";

/** What is drawn: nodes by their numbers, and which follows from which. */
export interface Graph {
  size: number;
  edges: readonly (readonly [from: number, to: number])[];
}

export interface Point {
  x: number;
  y: number;
}

/** Where everything is. A node's point is the middle of its left side. */
export interface Layout {
  nodes: Point[];
  /** For each edge, the points it goes through: from the right side of its beginning to the left side of its end. */
  edges: Point[][];
  width: number;
  height: number;
}

export const nodeWidth = 184;
export const nodeHeight = 42;
/** Between the columns, where edges bend. */
const columnGap = 56;

/**
 * Lays a graph out from left to right, as Sugiyama, Tagawa and Toda do: 1 what is connected is laid out by itself; 2 nodes get columns,
 * and edges that pass columns places in them; 3 each column is ordered so that few edges cross; 4 nodes come as near to the height of
 * their neighbours as there is room; 5 the parts are put beside each other.
 */
export function layout(graph: Graph): Layout {
  const nodes: Point[] = Array.from({ length: graph.size }, () => ({ x: 0, y: 0 }));
  const edges = new Map<string, Point[]>();
  // 1
  const parts = connected(graph).map((members) => {
    // 2 to 4
    const layers = layered(members, graph.edges);
    const columns = ordered(layers);
    const heights = placed(layers, columns);
    return { layers, heights, width: columns.length * (nodeWidth + columnGap) - columnGap, height: Math.max(...heights) + nodeHeight / 2 };
  });
  // 5
  const { places, width, height } = packed(parts);
  parts.forEach(({ layers, heights }, at) => {
    const { x, y } = places[at] ?? { x: 0, y: 0 };
    const pointOf = (place: number) => ({ x: x + (layers.columnOf[place] ?? 0) * (nodeWidth + columnGap), y: y + (heights[place] ?? 0) });
    layers.nodeOf.forEach((node, place) => {
      if (node !== undefined) {
        nodes[node] = pointOf(place);
      }
    });
    for (const [key, path] of layers.paths) {
      edges.set(key, route(path.map((place) => ({ ...pointOf(place), isNode: layers.nodeOf[place] !== undefined }))));
    }
  });
  return { nodes, edges: graph.edges.map(([from, to]) => edges.get(`${from} ${to}`) ?? []), width, height };
}

/** Edges leave nodes at their right sides, and go straight through the columns that they pass. */
function route(path: (Point & { isNode: boolean })[]): Point[] {
  return path.flatMap(({ x, y, isNode }, at) => {
    const [left, right] = [{ x, y }, { x: x + nodeWidth, y }];
    return at === 0 ? [right] : at === path.length - 1 || isNode ? [left] : [left, right];
  });
}

/** The nodes of each connected part, in their order. */
function connected({ size, edges }: Graph): number[][] {
  const root = Array.from({ length: size }, (_, node) => node);
  const find = (node: number): number => {
    let at = node;
    while (root[at] !== at) {
      at = root[at] = root[root[at] ?? 0] ?? 0;
    }

    return at;
  };
  for (const [from, to] of edges) {
    root[find(from)] = find(to);
  }

  const parts = new Map<number, number[]>();
  for (const node of root.keys()) {
    const part = parts.get(find(node)) ?? [];
    part.push(node);
    parts.set(find(node), part);
  }

  return [...parts.values()];
}
