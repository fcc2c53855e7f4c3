import type { Layout, Point } from "./layout.ts";
import type { PipelineGraph } from "./nodes.ts";

export type Direction = "left" | "right" | "up" | "down";

/** Where an arrow leads from a node: along an edge to the left and to the right, to the next of its column up and down. */
export function step(graph: PipelineGraph, { nodes }: Layout, from: number, direction: Direction): number {
  const here = nodes[from];
  if (!here) {
    return from;
  }

  const candidates =
    direction === "left"
      ? (graph.before[from] ?? [])
      : direction === "right"
        ? (graph.after[from] ?? [])
        : column(nodes, here).filter((node) => {
            const y = nodes[node]?.y ?? 0;
            return direction === "up" ? y < here.y : y > here.y;
          });
  const distance = (node: number) => Math.abs((nodes[node]?.y ?? 0) - here.y);
  return candidates.toSorted((one, other) => distance(one) - distance(other))[0] ?? from;
}

function column(nodes: readonly Point[], here: Point): number[] {
  return [...nodes.keys()].filter((node) => nodes[node]?.x === here.x);
}
