import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { RunRow } from "../api/runs.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { RunCell } from "./RunCell.tsx";
import { columnKind, columnTitle, isMetric, isSortable, nextSort } from "./view.ts";

const rowHeight = 28;
/** How many rows before its end the next page is asked for. */
const ahead = 30;

interface RunTableProps {
  runs: RunRow[];
  columns: string[];
  sort: string;
  /** How many there are, of which some may not be here yet. */
  count: number | undefined;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  onSort: (sort: string) => void;
  onEnd: () => void;
}

/** Only the rows that can be seen are in the document; the next page is asked for before its first row is. */
export function RunTable({ runs, columns, sort, count, chosen, onChoose, onSort, onEnd }: RunTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const rows = useVirtualizer({
    count: runs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (runs.length > 0 && last >= runs.length - ahead) {
      onEnd();
    }
  }, [last, runs.length, onEnd]);
  const toggle = (id: string) => onChoose(without(chosen, id) ?? new Set([...chosen, id]));
  useRowKeys(runs, at, setAt, toggle, (index) => rows.scrollToIndex(index));
  const grid = { gridTemplateColumns: `2rem ${columns.map(width).join(" ")}` };
  return (
    <div className="scroller" ref={scroller}>
      <div role="table" aria-label="Runs" aria-rowcount={(count ?? runs.length) + 1} className="grid">
        <div role="row" className="head" style={grid} aria-rowindex={1}>
          <span role="columnheader">
            <span className="unseen">Selected</span>
          </span>
          {columns.map((column) => (
            <Head key={column} column={column} sort={sort} onSort={onSort} />
          ))}
        </div>
        <div role="rowgroup" className="body" style={{ height: rows.getTotalSize() }}>
          {shown.map((item) => {
            const run = runs[item.index];
            return (
              run && (
                <div
                  key={run.id}
                  role="row"
                  aria-rowindex={item.index + 2}
                  aria-selected={chosen.has(run.id)}
                  className={item.index === at ? "at" : undefined}
                  style={{ ...grid, transform: `translateY(${item.start}px)` }}
                  onClick={() => setAt(item.index)}
                >
                  <span role="cell">
                    <input type="checkbox" aria-label={`Select ${run.name}`} checked={chosen.has(run.id)} onChange={() => toggle(run.id)} />
                  </span>
                  {columns.map((column) => (
                    <RunCell key={column} run={run} column={column} />
                  ))}
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Head({ column, sort, onSort }: { column: string; sort: string; onSort: (sort: string) => void }) {
  const direction = sort === column ? "ascending" : sort === `-${column}` ? "descending" : undefined;
  return (
    <span role="columnheader" aria-sort={direction ?? "none"} className={isMetric(column) ? "number" : undefined}>
      <button type="button" className="sort" disabled={!isSortable(column)} onClick={() => onSort(nextSort(sort, column))} title={isSortable(column) ? `Sort by ${column}` : column}>
        <span className="cut">{columnTitle(column)}</span>
        {columnKind(column) && <small>{columnKind(column)}</small>}
        {direction && <span aria-hidden="true">{direction === "ascending" ? "▲" : "▼"}</span>}
      </button>
    </span>
  );
}

function useRowKeys(
  runs: RunRow[],
  at: number,
  setAt: (at: number) => void,
  toggle: (id: string) => void,
  show: (index: number) => void,
): void {
  const navigate = useNavigate();
  const move = (step: number) => {
    const to = Math.min(runs.length - 1, Math.max(0, at + step));
    setAt(to);
    show(to);
  };
  const here = runs[at];
  useShortcuts([
    { keys: "j", label: "Next run", group: "Runs", run: () => move(1) },
    { keys: "k", label: "Previous run", group: "Runs", run: () => move(-1) },
    { keys: "x", label: "Select the run", group: "Runs", run: () => here && toggle(here.id) },
    { keys: "Enter", label: "Open the run", group: "Runs", run: () => here && void navigate(`/runs/${here.id}`) },
  ]);
}

/** The set without one of its members; undefined when it is none. */
function without(set: ReadonlySet<string>, one: string): ReadonlySet<string> | undefined {
  return set.has(one) ? new Set([...set].filter((other) => other !== one)) : undefined;
}

/** Names of metrics and parameters are read, not guessed: their columns are as wide as their heads, within reason. */
function width(column: string): string {
  switch (column) {
    case "name":
      return "minmax(14rem, 2fr)";
    case "project":
      return "minmax(9rem, 1fr)";
    case "id":
      return "8rem";
    default:
      return column.includes(".") ? `minmax(${headWidth(column)}rem, 0.5fr)` : "minmax(7rem, 0.6fr)";
  }
}

function headWidth(column: string): number {
  return Math.min(26, Math.max(7.5, columnTitle(column).length * 0.58 + 5));
}
