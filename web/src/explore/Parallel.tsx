import { useEffect, useMemo, useRef, useState, type PointerEvent } from "react";
import { useDark } from "../chart/useDark.ts";
import { valueAt, type Axis } from "./axes.ts";
import { BrushHandles } from "./BrushHandles.tsx";
import { nearestLine, seenRange, type Drawn } from "./lines.ts";
import { cleared, inkOf, paintAxes, paintLines, paintMarked } from "./paint.ts";
import { useSize } from "./useSize.ts";
import type { Brush } from "./view.ts";

const headHeight = 52;
const noneHeight = 26;
const side = 84;
const leastGap = 104;
/** How near to an axis a drag brushes it. */
const grip = 12;

export interface PlotProps {
  axes: Axis[];
  colours: string[];
  /** The runs within all brushes, by their numbers. */
  shown: number[];
  brushes: Record<string, Brush>;
  /** The run that is looked at. */
  at: number | undefined;
  onBrush: (column: string, brush: Brush | undefined) => void;
  onAt: (run: number | undefined) => void;
  onOpen: (run: number) => void;
}

interface ParallelProps extends PlotProps {
  onLog: (column: string) => void;
  onDrop: (column: string) => void;
}

/** Runs as lines across axes. Dragging along an axis shows the runs that lie there; a click on a line opens its run. */
export function Parallel({ axes, colours, shown, brushes, at, onBrush, onAt, onOpen, onLog, onDrop }: ParallelProps) {
  const place = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const size = useSize(place);
  const isDark = useDark();
  const width = Math.max(size.width, 2 * side + (axes.length - 1) * leastGap);
  const drawn = useMemo(() => placesOf(axes.length, width, size.height), [axes.length, width, size.height]);
  const [drag, setDrag] = useState<{ axis: number; from: number; to: number }>();
  useEffect(() => {
    const to = base.current && cleared(base.current, width, size.height);
    if (to && place.current && size.height > 0) {
      const ink = inkOf(place.current, isDark);
      paintLines(to, axes, colours, shown, drawn, ink);
      paintAxes(to, axes, drawn, ink);
    }
  }, [axes, colours, shown, drawn, width, size.height, isDark]);
  useEffect(() => {
    const to = over.current && cleared(over.current, width, size.height);
    if (to && place.current && at !== undefined && at < colours.length) {
      const ink = inkOf(place.current, isDark);
      paintMarked(to, axes, at, colours[at] ?? ink.ink, drawn, ink);
    }
  }, [axes, colours, at, drawn, width, size.height, isDark]);
  const placeAt = (y: number) => Math.min(1, Math.max(0, (drawn.bottom - y) / (drawn.bottom - drawn.top)));
  const commit = (axis: Axis, range: [number, number] | undefined) =>
    onBrush(axis.column, range && (range[0] > 0 || range[1] < 1) ? { from: valueAt(axis, range[0]), to: valueAt(axis, range[1]) } : undefined);
  const down = (event: PointerEvent<HTMLDivElement>) => {
    const { x, y } = pointOf(event);
    const axis = drawn.xs.findIndex((one) => Math.abs(one - x) <= grip);
    if (axis >= 0 && event.button === 0) {
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ axis, from: placeAt(y), to: placeAt(y) });
    }
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const point = pointOf(event);
    if (drag) {
      setDrag({ ...drag, to: placeAt(point.y) });
    } else {
      onAt(nearestLine(axes, shown, drawn, point));
    }
  };
  const up = (event: PointerEvent<HTMLDivElement>) => {
    const axis = drag && axes[drag.axis];
    if (drag && axis) {
      const range = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)] as [number, number];
      commit(axis, range[1] - range[0] > 0.01 ? range : undefined);
      setDrag(undefined);
      return;
    }

    const run = nearestLine(axes, shown, drawn, pointOf(event));
    if (run !== undefined) {
      onOpen(run);
    }
  };
  const height = drawn.bottom - drawn.top;
  return (
    <div className="parallel" ref={place}>
      <div
        className="sheet-of-lines"
        style={{ width }}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerLeave={() => !drag && onAt(undefined)}
        role="img"
        aria-label={`${shown.length} runs across ${axes.map((axis) => axis.title).join(", ")}`}
      >
        <canvas ref={base} style={{ width, height: size.height }} />
        <canvas ref={over} style={{ width, height: size.height }} />
        {axes.map((axis, index) => {
          const range = drag?.axis === index ? ([Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)] as const) : seenRange(axis, brushes[axis.column]);
          return range && <span key={axis.column} className="brushed" style={{ left: drawn.xs[index], top: drawn.top + (1 - range[1]) * height - 2, height: (range[1] - range[0]) * height + 4 }} />;
        })}
      </div>
      {axes.map((axis, index) => (
        <div key={axis.column} role="group" aria-label={axis.title}>
          <AxisHead axis={axis} x={drawn.xs[index] ?? 0} mayDrop={axes.length > 2} onLog={onLog} onDrop={onDrop} />
          <BrushHandles axis={axis} x={drawn.xs[index] ?? 0} top={drawn.top} height={height} range={seenRange(axis, brushes[axis.column]) ?? [0, 1]} onChange={(range) => commit(axis, range)} />
        </div>
      ))}
    </div>
  );
}

function AxisHead({ axis, x, mayDrop, onLog, onDrop }: { axis: Axis; x: number; mayDrop: boolean; onLog: (column: string) => void; onDrop: (column: string) => void }) {
  return (
    <div className="axis-head" style={{ left: x }}>
      <span className="cut" title={axis.column}>
        {axis.title}
      </span>
      <span>
        {axis.kind && <small className="hint">{axis.kind}</small>}
        {axis.mayBeLog && (
          <button type="button" className="quiet" aria-pressed={axis.isLog} aria-label={`Logarithmic ${axis.title}`} onClick={() => onLog(axis.column)}>
            log
          </button>
        )}
        {mayDrop && (
          <button type="button" className="quiet" aria-label={`Leave out ${axis.title}`} onClick={() => onDrop(axis.column)}>
            ×
          </button>
        )}
      </span>
    </div>
  );
}

function placesOf(count: number, width: number, height: number): Drawn {
  const gap = count > 1 ? (width - 2 * side) / (count - 1) : 0;
  const bottom = Math.max(headHeight + 1, height - noneHeight - 12);
  return { xs: Array.from({ length: count }, (_, at) => side + at * gap), top: headHeight + 10, bottom, none: bottom + noneHeight - 4 };
}

/** Where the pointer is on the sheet; the sheet may be scrolled. */
export function pointOf(event: PointerEvent<HTMLElement>): { x: number; y: number } {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}
