import { useSearchParams } from "react-router";
import { query } from "../api/ask.ts";

/** What is explored, and how; all of it is in the address. */
export interface ExploreView {
  project: string;
  /** MLflow's grammar. */
  filter: string;
  search: string;
  isArchive: boolean;
  /** Only these, of those that match; none for all. */
  runs: string[];
  /** Columns of the table of runs; none for those that differ. */
  axes: string[];
  /** The column that lines are coloured by; empty for the first metric among the axes. */
  colour: string;
  logs: string[];
  /** From where to where runs are shown, by column, as its values are written. */
  brushes: Record<string, Brush>;
  isScatter: boolean;
  /** Whether those with the least value of the colours come first in the list. */
  isLowFirst: boolean;
  /** The columns of the scatter; empty for the first two axes. */
  x: string;
  y: string;
}

export interface Brush {
  from: string;
  to: string;
}

/** The address stays short enough to be asked for. */
export const mostChosen = 150;

const fromPrefix = "from.";
const toPrefix = "to.";

export function readExplore(params: URLSearchParams): ExploreView {
  const brushes: Record<string, Brush> = {};
  for (const [name, from] of params) {
    const column = name.slice(fromPrefix.length);
    const to = params.get(toPrefix + column);
    if (name.startsWith(fromPrefix) && to !== null) {
      brushes[column] = { from, to };
    }
  }

  return {
    project: params.get("project") ?? "",
    filter: params.get("filter") ?? "",
    search: params.get("q") ?? "",
    isArchive: params.has("archived"),
    runs: params.getAll("run").filter((id) => /^[0-9a-f]{32}$/.test(id)).slice(0, mostChosen),
    axes: [...new Set(params.getAll("axis"))],
    colour: params.get("colour") ?? "",
    logs: params.getAll("log"),
    brushes,
    isScatter: params.get("show") === "scatter",
    isLowFirst: params.get("first") === "low",
    x: params.get("x") ?? "",
    y: params.get("y") ?? "",
  };
}

export function writeExplore(view: ExploreView): URLSearchParams {
  const bounds = Object.entries(view.brushes).flatMap(([column, { from, to }]) => [
    [fromPrefix + column, from] as const,
    [toPrefix + column, to] as const,
  ]);
  return new URLSearchParams(
    query({
      project: view.project,
      q: view.search,
      filter: view.filter,
      archived: view.isArchive ? "1" : "",
      run: view.runs,
      axis: view.axes,
      colour: view.colour,
      log: view.logs,
      show: view.isScatter ? "scatter" : "",
      first: view.isLowFirst ? "low" : "",
      x: view.x,
      y: view.y,
      ...Object.fromEntries(bounds),
    }),
  );
}

export function useExploreView(): [ExploreView, (part: Partial<ExploreView>) => void] {
  const [params, setParams] = useSearchParams();
  return [readExplore(params), (part) => setParams((now) => writeExplore({ ...readExplore(now), ...part }), { replace: "brushes" in part })];
}

/** The address that explores what the table of runs shows: the runs that are selected there, or all that it is narrowed to. */
export function exploreAddress(table: Pick<ExploreView, "project" | "filter" | "search" | "isArchive">, chosen: Iterable<string>, columns: string[]): string {
  const axes = columns.filter((column) => /^(params|metrics|min|max)\./.test(column));
  const view = { ...readExplore(new URLSearchParams()), ...table, runs: [...chosen].slice(0, mostChosen), axes: axes.length > 1 ? axes : [] };
  return `/explore?${writeExplore(view).toString()}`;
}
