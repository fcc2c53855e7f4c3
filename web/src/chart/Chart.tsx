import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import "./chart.css";
import { style, type Style } from "./palette.ts";
import { dataOf, optionsOf, readingsAt, xText, type Line, type PlotLook } from "./plot.ts";
import { useDark } from "./useDark.ts";

const height = 200;

interface ChartProps {
  title: string;
  lines: Line[];
  look: Omit<PlotLook, "isDark">;
  /** Dragging chooses from where to where; a double click shows all again. */
  onZoom: (range: [number, number] | undefined) => void;
}

/** Curves on a canvas. It says the values under the cursor in words, too. */
export function Chart({ title, lines, look, onZoom }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const isDark = useDark();
  const [x, setX] = useState<number>();
  const zoom = useRef(onZoom);
  const { axis, isLog, smoothing } = look;
  useEffect(() => {
    zoom.current = onZoom;
  });
  useEffect(() => {
    if (!place.current || width === 0) {
      return undefined;
    }

    const full = { axis, isLog, smoothing, isDark };
    const plot = new uPlot(
      {
        ...optionsOf(lines, full, width, height),
        hooks: {
          setCursor: [(self) => setX(self.cursor.left !== undefined && self.cursor.left >= 0 ? self.posToVal(self.cursor.left, "x") : undefined)],
          setSelect: [(self) => zoom.current(selected(self))],
        },
      },
      dataOf(lines, full),
      place.current,
    );
    const reset = () => zoom.current(undefined);
    plot.over.addEventListener("dblclick", reset);
    return () => plot.destroy();
  }, [lines, axis, isLog, smoothing, isDark, width]);
  const readings = x === undefined ? [] : readingsAt(lines, x);
  return (
    <div className="chart">
      <div ref={place} role="img" aria-label={`${title}: ${described(lines)}`} style={{ minHeight: height }} />
      {x !== undefined && readings.length > 0 && (
        <div className={lines.length > 1 ? "readings" : "readings one"}>
          <span className="hint">{xText(axis === "step" ? Math.round(x) : x, axis)}</span>
          {readings.map((one) => (
            <span key={one.label}>
              <Swatch of={style(one.number, isDark)} /> {lines.length > 1 && one.label} <b>{one.text}</b>
            </span>
          ))}
        </div>
      )}
    </div>
  );
}

/** A piece of a line: its colour and its dash. */
export function Swatch({ of }: { of: Style }) {
  return (
    <svg className="swatch" width="18" height="8" aria-hidden="true">
      <line x1="0" y1="4" x2="18" y2="4" stroke={of.colour} strokeWidth="2.5" strokeDasharray={of.dash.join(" ")} />
    </svg>
  );
}

function selected(plot: uPlot): [number, number] | undefined {
  const { left, width } = plot.select;
  return width > 4 ? [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")] : undefined;
}

function described(lines: Line[]): string {
  return lines.map((line) => `${line.label} ends at ${line.y.at(-1) ?? "nothing"}`).join(", ");
}

function useWidth(place: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    if (place.current) {
      observer.observe(place.current);
    }

    return () => observer.disconnect();
  }, [place]);
  return width;
}
