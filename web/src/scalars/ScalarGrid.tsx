import { useEffect, useMemo, useRef, useState } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { grouped } from "../ui/number.ts";
import { ScalarCard, type Curved } from "./ScalarCard.tsx";
import { groups, type ScalarView } from "./view.ts";

const cardWidth = 380;
const cardHeight = 252;
const headHeight = 34;

interface ScalarGridProps {
  keys: string[];
  runs: Curved[];
  view: ScalarView;
  onZoom: (zoom: [number, number] | undefined) => void;
}

type Row = { kind: "head"; name: string; count: number } | { kind: "cards"; id: string; keys: string[] };

/** A chart for each key, by groups that close; only what can be seen is drawn, and asked for. */
export function ScalarGrid({ keys, runs, view, onZoom }: ScalarGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const across = useAcross(scroller);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => layOut(keys, across, closed), [keys, across, closed]);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (rows[at]?.kind === "head" ? headHeight : cardHeight),
    getItemKey: (at) => keyOf(rows[at]),
    overscan: 1,
  });
  useEffect(() => list.measure(), [list, rows]);
  const toggle = (name: string) => setClosed((now) => (now.has(name) ? new Set([...now].filter((one) => one !== name)) : new Set([...now, name])));
  return (
    <div className="scalars" ref={scroller}>
      <div style={{ height: list.getTotalSize(), position: "relative" }}>
        {list.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <div key={item.key} className="line" style={{ transform: `translateY(${item.start}px)`, gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))` }}>
                {row.kind === "head" ? (
                  <h2>
                    <button type="button" className="quiet" aria-expanded={!closed.has(row.name)} onClick={() => toggle(row.name)}>
                      <span aria-hidden="true">{closed.has(row.name) ? "▸" : "▾"}</span> {row.name || "(no group)"}{" "}
                      <span className="hint">{grouped(row.count)}</span>
                    </button>
                  </h2>
                ) : (
                  row.keys.map((key) => <ScalarCard key={key} name={key} runs={runs} view={view} onZoom={onZoom} />)
                )}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function layOut(keys: string[], across: number, closed: ReadonlySet<string>): Row[] {
  const all = groups(keys);
  return all.flatMap((group): Row[] => {
    const head: Row[] = all.length > 1 || group.name ? [{ kind: "head", name: group.name, count: group.keys.length }] : [];
    const cards: Row[] = [];
    for (let at = 0; at < group.keys.length && !closed.has(group.name); at += across) {
      const some = group.keys.slice(at, at + across);
      cards.push({ kind: "cards", id: some[0] ?? "", keys: some });
    }

    return [...head, ...cards];
  });
}

function keyOf(row: Row | undefined): string {
  return row?.kind === "head" ? `head ${row.name}` : `cards ${row?.id}`;
}

/** How many charts stand side by side. */
function useAcross(place: React.RefObject<HTMLDivElement | null>): number {
  const [across, setAcross] = useState(3);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setAcross(Math.max(1, Math.floor((entry?.contentRect.width ?? 0) / cardWidth))));
    if (place.current) {
      observer.observe(place.current);
    }

    return () => observer.disconnect();
  }, [place]);
  return across;
}
