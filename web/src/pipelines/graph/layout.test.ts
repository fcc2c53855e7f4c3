import { expect, test } from "vitest";
import { layout, nodeHeight, nodeWidth, type Graph, type Layout } from "./layout.ts";

/** A graph as a big installation has it: every pipeline reads one or two of those made shortly before, and all the same repo. */
export function many(size: number): Graph {
  const edges: [number, number][] = [];
  for (let node = 1; node < size; node++) {
    edges.push([Math.floor(node / 3), node]);
    if (node % 5 === 0) {
      edges.push([Math.max(0, node - 7), node]);
    }
  }

  return { size, edges };
}

function overlaps({ nodes }: Layout): number {
  const sorted = nodes.toSorted((one, other) => one.x - other.x || one.y - other.y);
  return sorted.slice(1).filter((node, at) => node.x === sorted[at]?.x && node.y - sorted[at].y < nodeHeight).length;
}

test("what follows is to the right of what it follows from, and nodes do not overlap", () => {
  const graph = many(1000);
  const { nodes, edges, width, height } = layout(graph);
  expect(graph.edges.filter(([from, to]) => (nodes[from]?.x ?? 0) + nodeWidth >= (nodes[to]?.x ?? 0))).toEqual([]);
  expect(overlaps({ nodes, edges, width, height })).toBe(0);
  expect(nodes.every(({ x, y }) => x >= 0 && x + nodeWidth <= width + 1 && y >= nodeHeight / 2 - 1 && y + nodeHeight / 2 <= height + 1)).toBe(true);
});

test("an edge goes from side to side, around the nodes of the columns that it passes", () => {
  const { nodes, edges } = layout({ size: 4, edges: [[0, 1], [1, 2], [2, 3], [0, 3]] });
  const long = edges[3] ?? [];
  expect(long[0]).toEqual({ x: (nodes[0]?.x ?? 0) + nodeWidth, y: nodes[0]?.y });
  expect(long.at(-1)).toEqual(nodes[3]);
  expect(long).toHaveLength(6);
  expect(Math.abs((long[1]?.y ?? 0) - (nodes[1]?.y ?? 0))).toBeGreaterThan(nodeHeight / 2);
});

test("a chain is a straight line", () => {
  const { nodes } = layout({ size: 4, edges: [[0, 1], [1, 2], [2, 3]] });
  expect(new Set(nodes.map((node) => node.y)).size).toBe(1);
});

test("a repo that only a late pipeline reads is beside it, not at the far left", () => {
  const { nodes } = layout({ size: 5, edges: [[0, 1], [1, 2], [2, 3], [4, 3]] });
  expect(nodes[4]?.x).toBe(nodes[2]?.x);
});

test("parts that are not connected are side by side, and none is lost", () => {
  const { nodes, width, height } = layout({ size: 20, edges: Array.from({ length: 10 }, (_, at) => [2 * at, 2 * at + 1] as const) });
  expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(20);
  expect(width / height).toBeGreaterThan(0.8);
});

test("a graph that goes in circles, or has nothing, is no reason to stop", () => {
  expect(layout({ size: 2, edges: [[0, 1], [1, 0], [0, 0]] }).nodes).toHaveLength(2);
  expect(layout({ size: 0, edges: [] })).toEqual({ nodes: [], edges: [], width: 0, height: 0 });
});
