import { useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useShortcuts } from "../app/shortcuts.ts";
import { datumStanding } from "../pipelines/states.ts";
import { grouped as digits } from "../ui/number.ts";
import { Status, statusSign } from "../ui/Status.tsx";
import { rowsOf, type DatumGroup, type GridRow } from "./groups.ts";

/** As job.css has them. */
const cell = 20;
const margin = 32;
const headHeight = 34;

interface DatumGridProps {
  groups: DatumGroup[];
  /** The id of the datum that is looked at. */
  chosen: string;
  onChoose: (id: string) => void;
}

/** Thousands of datums: only the lines that can be seen are in the document. */
export function DatumGrid({ groups, chosen, onChoose }: DatumGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const perRow = usePerRow(scroller);
  const rows = useMemo(() => rowsOf(groups, perRow), [groups, perRow]);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (rows[at]?.kind === "head" ? headHeight : cell),
    overscan: 10,
  });
  useEffect(() => list.measure(), [list, rows]);
  useGridKeys(rows, perRow, chosen, onChoose, (row) => list.scrollToIndex(row));
  return (
    <div className="datums" ref={scroller} role="grid" aria-label="Datums" aria-rowcount={rows.length} tabIndex={0}>
      <div style={{ height: list.getTotalSize(), position: "relative" }}>
        {list.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <div key={item.key} role="row" className="line" style={{ transform: `translateY(${item.start}px)` }}>
                {row.kind === "head" ? <Head of={row.group} /> : <Cells of={row} chosen={chosen} onChoose={onChoose} />}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function Head({ of: { state, reason, datums } }: { of: DatumGroup }) {
  const { word, kind } = datumStanding(state);
  return (
    <span role="rowheader" className="reason-head">
      <Status of={kind} word={`${word} ${digits(datums.length)}`} />
      <span className="cut hint" title={reason}>
        {reason}
      </span>
    </span>
  );
}

function Cells({ of: { datums }, chosen, onChoose }: { of: Extract<GridRow, { kind: "datums" }>; chosen: string; onChoose: (id: string) => void }) {
  return datums.map((datum) => {
    const { word, kind } = datumStanding(datum.state);
    const name = datum.paths.join(", ") || datum.id.slice(0, 12);
    return (
      <span
        key={datum.id}
        role="gridcell"
        tabIndex={-1}
        className={`datum ${kind}`}
        aria-selected={datum.id === chosen}
        aria-label={`${name}, ${word}`}
        title={`${name}: ${word}`}
        onClick={() => onChoose(datum.id)}
      >
        {statusSign(kind)}
      </span>
    );
  });
}

function usePerRow(scroller: RefObject<HTMLDivElement | null>): number {
  const [perRow, setPerRow] = useState(40);
  useEffect(() => {
    const watched = new ResizeObserver(([entry]) => entry && setPerRow(Math.max(1, Math.floor((entry.contentRect.width - margin) / cell))));
    if (scroller.current) {
      watched.observe(scroller.current);
    }

    return () => watched.disconnect();
  }, [scroller]);
  return perRow;
}

function useGridKeys(rows: GridRow[], perRow: number, chosen: string, onChoose: (id: string) => void, show: (row: number) => void): void {
  const move = (by: number) => {
    const lines = rows.flatMap((row, index) => (row.kind === "datums" ? [{ row, index }] : []));
    const all = lines.flatMap(({ row, index }) => row.datums.map((datum) => ({ id: datum.id, index })));
    const at = all.findIndex((one) => one.id === chosen);
    const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
    if (next) {
      onChoose(next.id);
      show(next.index);
    }
  };
  const group = "Datums";
  useShortcuts([
    { keys: "ArrowRight", label: "Next datum", group, run: () => move(1) },
    { keys: "ArrowLeft", label: "Previous datum", group, run: () => move(-1) },
    { keys: "ArrowDown", label: "Down", group, run: () => move(perRow) },
    { keys: "ArrowUp", label: "Up", group, run: () => move(-perRow) },
    { keys: "Escape", label: "Look at none", group, run: () => onChoose("") },
  ]);
}
