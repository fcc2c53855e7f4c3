import { useMemo } from "react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import type { RunKeys, RunPage, RunRow } from "../api/runs.ts";
import { isOfMachine } from "../scalars/view.ts";
import { axisOf, differs, type Axis, type Value } from "./axes.ts";
import type { ExploreView } from "./view.ts";

/** So many are drawn: the first ones of the table, which are the newest. */
export const mostRuns = 2000;
const pageSize = 500;
/** What is looked at to find what differs, where the address names no axes. */
const mostParams = 40;
const mostMetrics = 20;
const usualAxes = 7;
const usualMetrics = 2;

export interface Explored {
  runs: RunRow[];
  /** How many there are, of which the first are here. */
  count: number;
}

/** The keys that runs of the project have. */
function useKeys(project: string) {
  return useQuery({
    queryKey: ["runs", "keys", project],
    queryFn: ({ signal }) => ask<RunKeys>(`/api/runs/columns${query({ project })}`, signal),
    staleTime: 60_000,
  });
}

/** The runs with a cell for each axis, or for each key that might be one. */
export function useExplored(view: ExploreView) {
  const isOpen = view.axes.length === 0;
  const keys = useKeys(view.project);
  const column = isOpen ? candidates(keys.data) : [...new Set([...view.axes, view.colour, view.x, view.y].filter(Boolean))];
  const asked = { project: view.project, q: view.search, filter: filterOf(view), archived: view.isArchive ? "1" : "" };
  return useQuery({
    queryKey: ["runs", "explore", asked, column],
    queryFn: ({ signal }) => readAll({ ...asked, column: column.filter((name) => name.includes(".")) }, signal),
    enabled: !isOpen || keys.data !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** The axes that the address names, or those on which the runs differ: parameters first, then metrics. */
export function useAxes(view: ExploreView, explored: Explored | undefined): Axis[] {
  const names = view.axes.join("\n");
  const logs = view.logs.join("\n");
  return useMemo(() => {
    const runs = explored?.runs ?? [];
    const isLog = new Set(logs.split("\n"));
    const axis = (column: string) => axisOf(column, runs.map((run) => valueOf(run, column)), isLog.has(column));
    if (names) {
      return names.split("\n").map(axis);
    }

    const varied = [...new Set(runs.flatMap((run) => Object.keys(run.cells)))].toSorted().map(axis).filter(differs);
    const metrics = varied.filter((one) => one.column.startsWith("metrics.")).slice(0, usualMetrics);
    return [...varied.filter((one) => one.column.startsWith("params.")).slice(0, usualAxes - metrics.length), ...metrics];
  }, [names, logs, explored]);
}

/** What a run has in a column of the table. */
export function valueOf(run: RunRow, column: string): Value {
  switch (column) {
    case "took":
      return run.started && run.completed ? (Date.parse(run.completed) - Date.parse(run.started)) / 1000 : undefined;
    case "iterations":
      return run.lastIteration;
    case "status":
    case "name":
    case "project":
    case "user":
    case "type":
    case "created":
    case "started":
    case "completed":
    case "id":
      return run[column];
    default:
      return run.cells[column];
  }
}

function candidates(keys: RunKeys | undefined): string[] {
  return [...(keys?.params ?? []).slice(0, mostParams).map((key) => `params.${key}`), ...(keys?.metrics ?? []).filter((key) => !isOfMachine(key)).slice(0, mostMetrics).map((key) => `metrics.${key}`)];
}

/** MLflow's grammar has no parentheses: conditions are joined. */
function filterOf({ filter, runs }: ExploreView): string {
  const chosen = runs.length > 0 ? `id IN (${runs.map((id) => `'${id}'`).join(", ")})` : "";
  return [filter, chosen].filter(Boolean).join(" AND ");
}

async function readAll(asked: Record<string, string | string[]>, signal: AbortSignal): Promise<Explored> {
  const { count } = await ask<{ count: number }>(`/api/runs/count${query({ ...asked, column: [] })}`, signal);
  const pages = Math.ceil(Math.min(count, mostRuns) / pageSize);
  const read = (page: number) => ask<RunPage>(`/api/runs${query({ ...asked, limit: pageSize, page: page * pageSize })}`, signal);
  const answers = await Promise.all(Array.from({ length: pages }, (_, page) => read(page)));
  return { count, runs: answers.flatMap((answer) => answer.runs) };
}
