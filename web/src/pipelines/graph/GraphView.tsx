import { useEffect, useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useShortcuts } from "../../app/shortcuts.ts";
import { GraphEdges } from "./GraphEdges.tsx";
import { GraphNodeView } from "./GraphNodeView.tsx";
import { layout, nodeHeight, nodeWidth, type Graph, type Layout, type Point } from "./layout.ts";
import { useMark } from "./mark.ts";
import { nodePath, reached, type PipelineGraph } from "./nodes.ts";
import { fitted, seen, showing, zoomed, type Size, type Viewport } from "./viewport.ts";
import { useViewport } from "./useViewport.ts";
import { step, type Direction } from "./walk.ts";

/** Below this, names cannot be read: only signs and colours are drawn. */
const readableScale = 0.42;
/** Below this, signs are specks, too. */
const signScale = 0.12;
const zoomStep = 1.4;

interface GraphViewProps {
  graph: PipelineGraph;
  /** The node that is looked at, "project/name". */
  at: string;
  /** Others are faint; undefined: none is. */
  found: ReadonlySet<number> | undefined;
  onAt: (id: string) => void;
}

/** The graph on paper that is moved and zoomed; only what can be seen of it is in the document. */
export function GraphView({ graph, at, found, onAt }: GraphViewProps) {
  const svg = useRef<SVGSVGElement>(null);
  const drawn = useLayout(graph);
  const { view, setView, window, drag } = useViewport(svg, drawn);
  const here = graph.numberOf.get(at);
  useShown(here === undefined ? undefined : drawn.nodes[here], at, window, setView);
  useGraphKeys(graph, drawn, at, onAt);
  useZoomKeys(setView, drawn, window);
  const related = useMemo(() => (here === undefined ? undefined : new Set([...reached(here, graph.before), ...reached(here, graph.after)])), [graph, here]);
  const part = seen(view, window);
  const detail = view.scale >= readableScale ? "words" : view.scale >= signScale ? "sign" : "box";
  const middle = { x: window.width / 2, y: window.height / 2 };
  return (
    <div className="drawing">
      <svg ref={svg} className="graph" role="application" aria-label="Graph of pipelines" tabIndex={0} {...drag}>
        <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
          <GraphEdges edges={drawn.edges} ends={graph.edges} related={related} />
          {graph.nodes.map((node, number) => {
            const point = drawn.nodes[number];
            return (
              point &&
              isIn(point, part) && (
                <GraphNodeView
                  key={node.id}
                  node={node}
                  x={point.x}
                  y={point.y}
                  detail={detail}
                  isAt={number === here}
                  isFaint={number !== here && (found ?? related)?.has(number) === false}
                  onAt={onAt}
                />
              )
            );
          })}
        </g>
      </svg>
      <div className="zoom" role="group" aria-label="Zoom">
        <button type="button" aria-label="Closer" title="Closer (+)" onClick={() => setView((now) => zoomed(now, zoomStep, middle))}>
          +
        </button>
        <button type="button" aria-label="Farther" title="Farther (-)" onClick={() => setView((now) => zoomed(now, 1 / zoomStep, middle))}>
          −
        </button>
        <button type="button" title="Show all (0)" onClick={() => setView(() => fitted(drawn, window))}>
          Fit
        </button>
      </div>
    </div>
  );
}

/** Changes of states do not move anything: only other nodes or other edges do. */
function useLayout(graph: Graph) {
  const shape = useMemo(() => `${graph.size} ${graph.edges.join(" ")}`, [graph]);
  const [kept, keep] = useState(() => ({ shape, drawn: layout(graph) }));
  if (kept.shape === shape) {
    return kept.drawn;
  }

  const drawn = layout(graph);
  keep({ shape, drawn });
  return drawn;
}

function isIn({ x, y }: Point, part: Point & Size): boolean {
  return x + nodeWidth > part.x && x < part.x + part.width && y + nodeHeight / 2 > part.y && y - nodeHeight / 2 < part.y + part.height;
}

/** The node that the address names comes into the window: when it becomes another, not when somebody moves the paper away from it. */
function useShown(point: Point | undefined, at: string, window: Size, setView: (change: (view: Viewport) => Viewport) => void): void {
  const shown = useRef("");
  useEffect(() => {
    if (point && window.width > 0 && shown.current !== at) {
      shown.current = at;
      setView((view) => showing(view, { x: point.x, y: point.y - nodeHeight / 2, width: nodeWidth, height: nodeHeight }, window, readableScale + 0.2));
    }
  }, [point, at, window, setView]);
}

function useZoomKeys(setView: (change: (view: Viewport) => Viewport) => void, drawn: Size, window: Size): void {
  const group = "Graph";
  const zoom = (by: number) => setView((view) => zoomed(view, by, { x: window.width / 2, y: window.height / 2 }));
  useShortcuts([
    { keys: "+", label: "Closer", group, run: () => zoom(zoomStep) },
    { keys: "-", label: "Farther", group, run: () => zoom(1 / zoomStep) },
    { keys: "0", label: "Show all", group, run: () => setView(() => fitted(drawn, window)) },
  ]);
}

function useGraphKeys(graph: PipelineGraph, drawn: Layout, at: string, onAt: (id: string) => void): void {
  const navigate = useNavigate();
  const { mark, moveTo } = useMark(at, onAt);
  const here = () => graph.numberOf.get(mark.current.at);
  const go = (direction: Direction) => {
    const from = here();
    const to = graph.nodes[from === undefined ? 0 : step(graph, drawn, from, direction)];
    if (to) {
      moveTo(to.id);
    }
  };
  const open = () => {
    const node = graph.nodes[here() ?? -1];
    if (node) {
      void navigate(nodePath(node));
    }
  };
  const group = "Graph";
  useShortcuts([
    { keys: "ArrowRight", label: "To what reads it", group, run: () => go("right") },
    { keys: "ArrowLeft", label: "To what it reads", group, run: () => go("left") },
    { keys: "ArrowDown", label: "Down its column", group, run: () => go("down") },
    { keys: "ArrowUp", label: "Up its column", group, run: () => go("up") },
    { keys: "Escape", label: "Look at none", group, run: () => moveTo("") },
    { keys: "Enter", label: "Open it", group, run: open },
  ]);
}
