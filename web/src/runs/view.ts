import { query } from "../api/ask.ts";

/** What the table of runs shows; all of it is in the address. */
export interface RunView {
  project: string;
  /** MLflow's grammar. */
  filter: string;
  /** Anything: a part of a name, the beginning of an id, a label. */
  search: string;
  /** A column's name, after a minus from the greatest down. */
  sort: string;
  columns: string[];
  /** Those that were put away, instead of the others. */
  isArchive: boolean;
}

export const usualColumns = ["status", "name", "project", "user", "started", "took"];

/** What every row has, and what it is called. */
export const attributes: Record<string, string> = {
  status: "Status",
  name: "Name",
  project: "Project",
  id: "Run",
  user: "User",
  type: "Type",
  created: "Created",
  started: "Started",
  completed: "Ended",
  took: "Took",
  iterations: "Iterations",
};

/** @param kept The columns that were chosen last for a project, for an address that names none. */
export function readView(params: URLSearchParams, kept: (project: string) => string[] | undefined): RunView {
  const project = params.get("project") ?? "";
  const columns = params.getAll("col");
  return {
    project,
    filter: params.get("filter") ?? "",
    search: params.get("q") ?? "",
    sort: params.get("sort") ?? "-created",
    columns: columns.length > 0 ? columns : (kept(project) ?? usualColumns),
    isArchive: params.has("archived"),
  };
}

export function writeView(view: RunView): URLSearchParams {
  return new URLSearchParams(
    query({
      project: view.project,
      q: view.search,
      filter: view.filter,
      sort: view.sort === "-created" ? "" : view.sort,
      col: view.columns,
      archived: view.isArchive ? "1" : "",
    }),
  );
}

/** The order of a column goes up, down, and away. */
export function nextSort(sort: string, column: string): string {
  return sort === column ? `-${column}` : sort === `-${column}` ? "-created" : column;
}

/** What a column is called in its head. */
export function columnTitle(column: string): string {
  return partsOf(column).key ?? attributes[column] ?? column;
}

/** What kind of value it is, to be said beside its title: nothing for attributes. */
export function columnKind(column: string): string {
  const { kind, step } = partsOf(column);
  return kind === "at" ? `at ${step}` : (kindWords[kind] ?? kind);
}

const kindWords: Record<string, string> = { metrics: "last", params: "param", tags: "tag" };

/** The parts of a column's name: what is shown of which key, and of a value at a step which. */
function partsOf(column: string): { kind: string; key?: string; step?: string } {
  const at = /^at\.(\d+)\.(.+)$/s.exec(column);
  const dot = column.indexOf(".");
  return at ? { kind: "at", step: at[1], key: at[2] } : dot < 0 ? { kind: "" } : { kind: column.slice(0, dot), key: column.slice(dot + 1) };
}

/** Values at a step are in no index, so nothing is sorted by them. */
export function isSortable(column: string): boolean {
  return partsOf(column).kind !== "at";
}

export function isMetric(column: string): boolean {
  return /^(metrics|min|max|at)\./.test(column);
}

const keptKey = (project: string) => `braid.runs.columns:${project}`;

export function keepColumns(project: string, columns: string[]): void {
  localStorage.setItem(keptKey(project), JSON.stringify(columns));
}

/** What was kept by this browser; what is no list of names counts for nothing. */
export function keptColumns(project: string): string[] | undefined {
  const value = parsed(localStorage.getItem(keptKey(project)) ?? "null");
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string") ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Somebody else wrote there.
    return undefined;
  }
}
