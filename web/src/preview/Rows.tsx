import { useRef, type ReactNode } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEnd } from "./useEnd.ts";

const rowHeight = 24;

interface RowsProps {
  head: string[];
  count: number;
  cells: (row: number) => readonly ReactNode[];
  onEnd?: () => void;
}

/** A table of any length: only the rows that can be seen are in the document. */
export function Rows({ head, count, cells, onEnd }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 20 });
  const shown = rows.getVirtualItems();
  useEnd(shown.at(-1)?.index, count, onEnd ?? nothing);
  const grid = { gridTemplateColumns: `minmax(3.5rem, max-content) repeat(${head.length}, minmax(7rem, 16rem))` };
  return (
    <div className="rows" ref={scroller} tabIndex={0} role="region" aria-label="Table">
      <div role="table" aria-rowcount={count + 1}>
        <div role="row" className="head" style={grid}>
          <span role="columnheader">#</span>
          {head.map((title, at) => (
            // Titles may repeat; columns have no name but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <span key={at} role="columnheader" className="cut" title={title}>
              {title}
            </span>
          ))}
        </div>
        <div role="rowgroup" style={{ height: rows.getTotalSize() }}>
          {shown.map((item) => (
            <div key={item.index} role="row" aria-rowindex={item.index + 2} style={{ ...grid, transform: `translateY(${item.start}px)` }}>
              <span role="rowheader">{item.index + 1}</span>
              {cells(item.index).map((cell, at) => (
                // oxlint-disable-next-line react/no-array-index-key
                <span key={at} role="cell" className="cut" title={typeof cell === "string" ? cell : undefined}>
                  {cell}
                </span>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function nothing(): void {}
