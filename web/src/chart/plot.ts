import uPlot from "uplot";
import { short } from "../ui/number.ts";
import { duration } from "../ui/time.ts";
import { style } from "./palette.ts";
import { smooth } from "./smooth.ts";

/** What x means: a step, seconds since the run began, or a point in time (seconds since 1970). */
export type Axis = "step" | "relative" | "wall";

/** A curve to draw. Where low and high are given, each y stands for several values between them. */
export interface Line {
  label: string;
  /** Which of the colours. */
  number: number;
  x: number[];
  y: (number | null)[];
  low?: (number | null)[];
  high?: (number | null)[];
}

export interface PlotLook {
  axis: Axis;
  isLog: boolean;
  /** 0 to 0.99. */
  smoothing: number;
  isDark: boolean;
}

/** Series of the plot that belong to one line: the drawn one, and the three that may lie behind it. */
const seriesOfLine = 4;
const shadow = "38";
const band = "26";

/** All x of all lines, and for each line four columns: drawn, raw, low, high; null where a line has nothing. */
export function dataOf(lines: Line[], look: PlotLook): uPlot.AlignedData {
  const positive = (values: (number | null)[]) => (look.isLog ? values.map((one) => (one !== null && one > 0 ? one : null)) : values);
  const tables = lines.map((line): uPlot.AlignedData => {
    const raw = positive(line.y);
    const drawn = look.smoothing > 0 ? smooth(raw, look.smoothing) : raw;
    const nothing = line.x.map(() => null);
    return [
      line.x,
      drawn,
      look.smoothing > 0 ? raw : nothing,
      line.low ? positive(line.low) : nothing,
      line.high ? positive(line.high) : nothing,
    ];
  });
  return tables.length === 0 ? [[]] : uPlot.join(tables);
}

export function optionsOf(lines: Line[], look: PlotLook, width: number, height: number): uPlot.Options {
  const css = getComputedStyle(document.documentElement);
  const ink = look.isDark ? "#9aa5b1" : "#57606c";
  const grid = look.isDark ? "#222933" : "#e7ebef";
  const font = `11px ${css.fontFamily || "sans-serif"}`;
  const axis = { stroke: ink, font, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1, size: 4 } };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { sync: { key: "braid" }, drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
    scales: { x: { time: look.axis === "wall" }, y: { distr: look.isLog ? 3 : 1 } },
    axes: [
      { ...axis, size: look.axis === "wall" ? 40 : 28, space: 70, ...(look.axis === "wall" ? {} : { values: (_, ticks) => ticks.map((tick) => xText(tick, look.axis)) }) },
      { ...axis, size: 58, space: 28, values: (_, ticks) => ticks.map((tick) => (tick === null ? "" : short(tick))) },
    ],
    series: [{}, ...lines.flatMap((line) => seriesOf(line, look))],
    bands: lines.map((_, at) => ({
      series: [at * seriesOfLine + 4, at * seriesOfLine + 3] as [number, number],
      fill: style(lines[at]?.number ?? 0, look.isDark).colour + band,
    })),
  };
}

function seriesOf(line: Line, look: PlotLook): uPlot.Series[] {
  const { colour, dash } = style(line.number, look.isDark);
  const isPoint = line.x.length === 1;
  const behind: uPlot.Series = { stroke: "transparent", width: 0, points: { show: false }, spanGaps: true };
  return [
    { label: line.label, stroke: colour, width: 1.5, dash, spanGaps: true, points: { show: isPoint, size: 6, fill: colour } },
    { stroke: colour + shadow, width: 1, spanGaps: true, points: { show: false } },
    behind,
    behind,
  ];
}

/** What is under the cursor: of each line the nearest point that it has, exactly. */
export interface Reading {
  number: number;
  label: string;
  text: string;
}

export function readingsAt(lines: Line[], x: number): Reading[] {
  return lines.flatMap((line) => {
    const at = nearest(line.x, x);
    const value = line.y[at];
    if (value === undefined || value === null) {
      return [];
    }

    const low = line.low?.[at];
    const high = line.high?.[at];
    const isMean = low !== undefined && low !== null && high !== undefined && high !== null && low !== high;
    return [{ number: line.number, label: line.label, text: isMean ? `${value.toPrecision(6)}  (${short(low)} … ${short(high)})` : String(value) }];
  });
}

export function nearest(sorted: number[], x: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < x) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }

  return low > 0 && x - (sorted[low - 1] ?? 0) < (sorted[low] ?? 0) - x ? low - 1 : low;
}

export function xText(x: number, axis: Axis): string {
  return axis === "relative" ? duration(x) : axis === "step" ? String(x) : new Date(x * 1000).toLocaleString();
}
