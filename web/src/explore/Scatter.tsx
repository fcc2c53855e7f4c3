import { useEffect, useMemo, useRef, useState, type PointerEvent } from "react";
import { useDark } from "../chart/useDark.ts";
import { valueAt, type Axis } from "./axes.ts";
import { seenRange } from "./lines.ts";
import { cleared, haloed, inkOf, type Ink } from "./paint.ts";
import { pointOf, type PlotProps } from "./Parallel.tsx";
import { useSize, type Size } from "./useSize.ts";

const left = 84;
const right = 24;
const top = 20;
const below = 52;
const nearPixels = 12;

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface ScatterProps extends Omit<PlotProps, "axes" | "onBrush"> {
  x: Axis;
  y: Axis;
  onBrushes: (brushes: PlotProps["brushes"]) => void;
}

/** Runs as points over two axes. Dragging a frame shows the runs in it; a click on a point opens its run. */
export function Scatter({ x, y, colours, shown, brushes, at, onBrushes, onAt, onOpen }: ScatterProps) {
  const place = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const size = useSize(place);
  const isDark = useDark();
  const box = useMemo(() => boxOf(size), [size]);
  const points = useMemo(() => pointsOf(x, y, box), [x, y, box]);
  const [drag, setDrag] = useState<{ from: Point; to: Point }>();
  useEffect(() => {
    const to = base.current && cleared(base.current, size.width, size.height);
    if (to && place.current && box.height > 0) {
      const ink = inkOf(place.current, isDark);
      paintGrid(to, x, y, box, ink);
      paintPoints(to, points, colours, shown, ink);
    }
  }, [x, y, points, colours, shown, box, size, isDark]);
  useEffect(() => {
    const to = over.current && cleared(over.current, size.width, size.height);
    const point = at === undefined ? undefined : points[at];
    if (to && place.current && point) {
      paintAt(to, point, colours[at ?? 0] ?? "", [x, y].map((axis) => axis.texts[at ?? 0] ?? "").join(", "), inkOf(place.current, isDark));
    }
  }, [points, x, y, colours, at, size, isDark]);
  const nearest = (to: Point) => nearestPoint(points, shown, to);
  const up = (event: PointerEvent<HTMLDivElement>) => {
    const frame = drag && frameOf(drag);
    setDrag(undefined);
    if (frame && frame.width > 4 && frame.height > 4) {
      onBrushes({
        [x.column]: { from: valueAt(x, share(frame.left, box.left, box.width)), to: valueAt(x, share(frame.left + frame.width, box.left, box.width)) },
        [y.column]: { from: valueAt(y, 1 - share(frame.top + frame.height, box.top, box.height)), to: valueAt(y, 1 - share(frame.top, box.top, box.height)) },
      });
      return;
    }

    const run = nearest(pointOf(event));
    if (run !== undefined) {
      onOpen(run);
    }
  };
  const frame = drag ? frameOf(drag) : brushedFrame(x, y, brushes, box);
  return (
    <div className="parallel" ref={place}>
      <div
        className="sheet-of-lines"
        role="img"
        aria-label={`${shown.length} runs, ${y.title} over ${x.title}`}
        style={{ width: size.width, height: size.height }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ from: pointOf(event), to: pointOf(event) });
        }}
        onPointerMove={(event) => (drag ? setDrag({ ...drag, to: pointOf(event) }) : onAt(nearest(pointOf(event))))}
        onPointerUp={up}
        onPointerLeave={() => !drag && onAt(undefined)}
      >
        <canvas ref={base} style={{ width: size.width, height: size.height }} />
        <canvas ref={over} style={{ width: size.width, height: size.height }} />
        {frame && <span className="framed" style={frame} />}
      </div>
    </div>
  );
}

interface Point {
  x: number;
  y: number;
}

function boxOf({ width, height }: Size): Box {
  return { left, top, width: Math.max(1, width - left - right), height: Math.max(0, height - top - below) };
}

function pointsOf(x: Axis, y: Axis, box: Box): (Point | undefined)[] {
  return x.places.map((place, run) => {
    const height = y.places[run];
    return place === undefined || height === undefined ? undefined : { x: box.left + place * box.width, y: box.top + (1 - height) * box.height };
  });
}

function nearestPoint(points: (Point | undefined)[], shown: number[], to: Point): number | undefined {
  let least = nearPixels;
  let found: number | undefined;
  for (const run of shown) {
    const point = points[run];
    const distance = point ? Math.hypot(point.x - to.x, point.y - to.y) : Infinity;
    if (distance < least) {
      least = distance;
      found = run;
    }
  }

  return found;
}

function paintGrid(to: CanvasRenderingContext2D, x: Axis, y: Axis, box: Box, ink: Ink): void {
  const bottom = box.top + box.height;
  to.strokeStyle = ink.line;
  to.globalAlpha = 0.3;
  to.beginPath();
  for (const tick of x.ticks) {
    const at = Math.round(box.left + tick.place * box.width) + 0.5;
    to.moveTo(at, box.top);
    to.lineTo(at, bottom);
  }

  for (const tick of y.ticks) {
    const at = Math.round(bottom - tick.place * box.height) + 0.5;
    to.moveTo(box.left, at);
    to.lineTo(box.left + box.width, at);
  }

  to.stroke();
  to.globalAlpha = 1;
  to.font = `11px ${ink.font}`;
  to.textBaseline = "middle";
  to.textAlign = "center";
  for (const tick of x.ticks) {
    haloed(to, tick.text, box.left + tick.place * box.width, bottom + 14, ink);
  }

  to.textAlign = "right";
  for (const tick of y.ticks) {
    haloed(to, tick.text, box.left - 8, bottom - tick.place * box.height, ink);
  }

  to.textAlign = "center";
  to.font = `600 12px ${ink.font}`;
  haloed(to, x.title, box.left + box.width / 2, bottom + 36, ink);
  to.textAlign = "left";
  haloed(to, y.title, 8, 9, ink);
}

function paintPoints(to: CanvasRenderingContext2D, points: (Point | undefined)[], colours: string[], shown: number[], ink: Ink): void {
  const isShown = new Set(shown);
  const dot = (point: Point, radius: number) => {
    to.beginPath();
    to.arc(point.x, point.y, radius, 0, 2 * Math.PI);
    to.fill();
  };
  to.globalAlpha = 0.25;
  to.fillStyle = ink.line;
  points.forEach((point, run) => point && !isShown.has(run) && dot(point, 2.5));
  to.globalAlpha = 0.8;
  for (const run of shown) {
    const point = points[run];
    if (point) {
      to.fillStyle = colours[run] ?? ink.quiet;
      dot(point, 4);
    }
  }

  to.globalAlpha = 1;
}

function paintAt(to: CanvasRenderingContext2D, { x, y }: Point, colour: string, text: string, ink: Ink): void {
  to.fillStyle = colour;
  to.strokeStyle = ink.ink;
  to.lineWidth = 2;
  to.beginPath();
  to.arc(x, y, 7, 0, 2 * Math.PI);
  to.fill();
  to.stroke();
  to.font = `600 12px ${ink.font}`;
  to.textBaseline = "middle";
  haloed(to, text, x + 12, y, { ...ink, quiet: ink.ink });
}

function frameOf({ from, to }: { from: Point; to: Point }): Box {
  return { left: Math.min(from.x, to.x), top: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) };
}

function brushedFrame(x: Axis, y: Axis, brushes: PlotProps["brushes"], box: Box): Box | undefined {
  const [across, up] = [seenRange(x, brushes[x.column]), seenRange(y, brushes[y.column])];
  if (!across && !up) {
    return undefined;
  }

  const [[from, to], [low, high]] = [across ?? [0, 1], up ?? [0, 1]];
  return { left: box.left + from * box.width, width: (to - from) * box.width, top: box.top + (1 - high) * box.height, height: (high - low) * box.height };
}

function share(at: number, from: number, length: number): number {
  return Math.min(1, Math.max(0, (at - from) / length));
}
