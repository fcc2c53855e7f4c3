import type { Curve } from "../api/run.ts";
import type { Axis, Line } from "../chart/plot.ts";
import type { ScalarView } from "./view.ts";

/** What the axis needs of a run. */
interface Beginning {
  id: string;
  name: string;
  started: string | null;
}

/** The question for the curves of a key: where it is zoomed, the detail between from and to. */
export function requestOf(key: string, runs: Beginning[], view: ScalarView, samples: number): Record<string, string | number | string[] | undefined> {
  const bound = (at: 0 | 1) => (view.zoom ? toServer(view.zoom[at], view.axis, at, runs) : undefined);
  return {
    run: runs.map((run) => run.id),
    key,
    axis: view.axis === "step" ? "" : "time",
    samples,
    from: bound(0),
    to: bound(1),
  };
}

/** Steps are whole; times are milliseconds. Runs that began at other times are zoomed by the widest range that holds all. */
function toServer(x: number, axis: Axis, at: 0 | 1, runs: Beginning[]): number {
  const round = at === 0 ? Math.floor : Math.ceil;
  if (axis === "step") {
    return round(x);
  }

  const begins = axis === "relative" ? runs.map(beginOf) : [0];
  return round(x * 1000 + (at === 0 ? Math.min(...begins) : Math.max(...begins)));
}

/** The server's curves as the chart draws them: times in seconds, relative ones since the run began. */
export function linesOf(curves: Curve[], runs: Beginning[], axis: Axis): Line[] {
  return curves.flatMap((curve) => {
    const number = runs.findIndex((run) => run.id === curve.run);
    const run = runs[number];
    const begin = axis === "relative" && run ? beginOf(run) : 0;
    return run ? [{ label: run.name, number, ...curve, x: axis === "step" ? curve.x : curve.x.map((ms) => (ms - begin) / 1000) }] : [];
  });
}

export function csvOf(curves: Curve[], axis: Axis): string {
  const x = axis === "step" ? "step" : "time_ms";
  const rows = curves.flatMap((curve) =>
    curve.x.map((at, index) => [curve.run, curve.key, at, curve.y[index] ?? "", curve.low?.[index] ?? "", curve.high?.[index] ?? ""]),
  );
  return [["run", "key", x, "value", "low", "high"], ...rows].map((row) => row.map(cell).join(",")).join("\n");
}

function cell(value: string | number): string {
  return typeof value === "string" && /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value);
}

function beginOf(run: Beginning): number {
  return run.started ? Date.parse(run.started) : 0;
}
