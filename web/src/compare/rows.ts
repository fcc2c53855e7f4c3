import type { ComparedRun } from "../api/compare.ts";
import { grouped } from "../ui/number.ts";

/** A row of a comparison: what each run has; undefined where it has nothing. */
export interface ComparedRow {
  name: string;
  values: (string | undefined)[];
  /** Where the values are numbers: exactly. */
  numbers?: (number | null | undefined)[];
  /** The page that shows a value. */
  links?: (string | undefined)[];
  /** Said beside a value. */
  marks?: (string | undefined)[];
}

/** Whether all runs have the same, down to the last digit. */
export function isEqual(row: ComparedRow): boolean {
  const values: unknown[] = row.numbers ?? row.values;
  return values.every((value) => value === values[0]);
}

/** Which of the numbers are the smallest and the greatest, where they differ. */
export function extremes(row: ComparedRow): { low: number; high: number } | undefined {
  const numbers = row.numbers?.filter((value): value is number => typeof value === "number") ?? [];
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  return numbers.length > 1 && low < high ? { low, high } : undefined;
}

export function hasValue(row: ComparedRow): boolean {
  return row.values.some((value) => value !== undefined);
}

/** A row for each key that any of the runs has. */
export function keyed(runs: ComparedRun[], read: (one: ComparedRun) => (readonly [string, string | undefined])[]): ComparedRow[] {
  const tables = runs.map((one) => new Map(read(one).filter(([, value]) => value)));
  return keysOf(tables).map((name) => ({ name, values: tables.map((table) => table.get(name)) }));
}

export function keysOf(tables: ReadonlyMap<string, unknown>[]): string[] {
  return [...new Set(tables.flatMap((table) => [...table.keys()]))];
}

/** A text in a cell: how long it is, and a number that is another for another text. */
export function linesOf(text: string): string {
  const count = text.split("\n").length;
  return `${grouped(count)} ${count === 1 ? "line" : "lines"}, #${checksum(text)}`;
}

/** FNV-1a: enough to tell a few texts from each other. */
function checksum(text: string): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }

  return sum.toString(16).padStart(8, "0");
}
