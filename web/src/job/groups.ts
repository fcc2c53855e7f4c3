import type { DatumSummary } from "../api/jobs.ts";

/** Datums of one verdict for one reason. */
export interface DatumGroup {
  state: string;
  reason: string;
  datums: DatumSummary[];
}

/** What one looks for comes first. */
const order = ["failed", "recovered", "starting", "unknown", "success", "skipped"];

/** The datums by verdict and reason: failures first, of each verdict the reason of most first. */
export function grouped(datums: readonly DatumSummary[]): DatumGroup[] {
  const groups = new Map<string, DatumGroup>();
  for (const datum of datums) {
    const key = `${datum.state} ${datum.reason}`;
    const group = groups.get(key) ?? { state: datum.state, reason: datum.reason, datums: [] };
    group.datums.push(datum);
    groups.set(key, group);
  }

  return [...groups.values()].toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state) || other.datums.length - one.datums.length);
}

/** A line of the grid: the head of a group, or some of its datums. */
export type GridRow = { kind: "head"; group: DatumGroup } | { kind: "datums"; first: number; datums: DatumSummary[] };

/** The lines of the grid, with so many datums in each; `first` counts datums from the beginning of the grid. */
export function rowsOf(groups: readonly DatumGroup[], perRow: number): GridRow[] {
  let first = 0;
  return groups.flatMap((group) => {
    const rows: GridRow[] = [{ kind: "head", group }];
    for (let at = 0; at < group.datums.length; at += perRow) {
      const datums = group.datums.slice(at, at + perRow);
      rows.push({ kind: "datums", first, datums });
      first += datums.length;
    }

    return rows;
  });
}
