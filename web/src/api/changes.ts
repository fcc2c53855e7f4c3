import { send } from "./ask.ts";
import type { Parameter } from "./run.ts";

/** A word of `POST /api/runs/actions`. */
export type RunAction = "stop" | "enqueue" | "archive" | "restore" | "delete";

/** What came of an action on several runs. */
export interface Done {
  done: string[];
  refused: { run: string; code: string; message: string }[];
}

/** `POST /api/runs/remains`: what goes with runs that are deleted, and what stays without them. */
export interface Remains extends Done {
  files: number;
  bytes: number;
  children: number;
  models: number;
}

export interface RunEdit {
  name?: string;
  note?: string;
  labels?: string[];
  setTags?: Record<string, string>;
  removeTags?: string[];
}

export interface RunClone {
  name: string;
  parameters?: Parameter[];
  queue?: string;
}

export const act = (action: RunAction, runs: string[], more: { queue?: string; files?: boolean } = {}) =>
  send<Done>("POST", "/api/runs/actions", { action, runs, ...more });

export const measure = (runs: string[]) => send<Remains>("POST", "/api/runs/remains", { runs });

export const edit = (run: string, change: RunEdit) => send<unknown>("PATCH", `/api/runs/${run}`, change);

export const clone = (run: string, how: RunClone) => send<{ id: string; refused?: string | null }>("POST", `/api/runs/${run}/clone`, how);
