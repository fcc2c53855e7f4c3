import { memo, useMemo } from "react";
import type { Point } from "./layout.ts";

interface GraphEdgesProps {
  edges: readonly Point[][];
  ends: readonly (readonly [number, number])[];
  /** What leads to the node that is looked at, and what it leads to. */
  related: ReadonlySet<number> | undefined;
}

/** All edges as one line, and those of the node that is looked at as another above it. */
export const GraphEdges = memo(function GraphEdges({ edges, ends, related }: GraphEdgesProps) {
  const all = useMemo(() => edges.map(line).join(""), [edges]);
  const chosen = related && edges.filter((_, at) => ends[at]?.every((node) => related.has(node)));
  return (
    <>
      <path className={related ? "edges faint" : "edges"} d={all} />
      {chosen && <path className="edges chosen" d={chosen.map(line).join("")} />}
    </>
  );
});

/** Bends between columns, and lies flat where it leaves and arrives. */
function line(points: Point[]): string {
  return points
    .map(({ x, y }, at) => {
      const before = points[at - 1];
      if (!before) {
        return `M${round(x)} ${round(y)}`;
      }

      const middle = round((before.x + x) / 2);
      return before.y === y ? `H${round(x)}` : `C${middle} ${round(before.y)} ${middle} ${round(y)} ${round(x)} ${round(y)}`;
    })
    .join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
