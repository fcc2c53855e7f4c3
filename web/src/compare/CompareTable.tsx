import { Link } from "react-router";
import type { RunSummary } from "../api/runs.ts";
import { Swatch } from "../chart/Chart.tsx";
import { style } from "../chart/palette.ts";
import { useDark } from "../chart/useDark.ts";
import { grouped } from "../ui/number.ts";
import { extremes, isEqual, type ComparedRow } from "./rows.ts";
import type { ComparedPart } from "./table.ts";

interface CompareTableProps {
  runs: RunSummary[];
  parts: ComparedPart[];
  showsEqual: boolean;
  onRemove: (id: string) => void;
}

/** A column for each run; rows that are equal in all of them are hidden unless asked for. */
export function CompareTable({ runs, parts, showsEqual, onRemove }: CompareTableProps) {
  const isDark = useDark();
  return (
    <div className="sides">
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">What is compared</span>
            </th>
            {runs.map((run, at) => (
              <th key={run.id} scope="col">
                <Swatch of={style(at, isDark)} /> <Link to={`/runs/${run.id}`}>{run.name || run.id.slice(0, 8)}</Link>
                {runs.length > 2 && (
                  <button type="button" className="quiet" aria-label={`Leave out ${run.name}`} onClick={() => onRemove(run.id)}>
                    ×
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        {parts.map((part) => (
          <Part key={part.title} part={part} runs={runs} showsEqual={showsEqual} />
        ))}
      </table>
    </div>
  );
}

function Part({ part, runs, showsEqual }: { part: ComparedPart; runs: RunSummary[]; showsEqual: boolean }) {
  const rows = showsEqual ? part.rows : part.rows.filter((row) => !isEqual(row));
  const hidden = part.rows.length - rows.length;
  return (
    <tbody>
      <tr className="part">
        <th scope="rowgroup" colSpan={runs.length + 1}>
          {part.title} {hidden > 0 && <span className="hint">{grouped(hidden)} equal</span>}
        </th>
      </tr>
      {rows.map((row) => (
        <Row key={row.name} row={row} runs={runs} />
      ))}
    </tbody>
  );
}

function Row({ row, runs }: { row: ComparedRow; runs: RunSummary[] }) {
  const ends = extremes(row);
  return (
    <tr className={isEqual(row) ? "equal" : undefined}>
      <th scope="row">{row.name}</th>
      {runs.map((run, at) => (
        <td key={run.id} className={row.numbers ? "number mono" : "mono"} title={row.numbers ? String(row.numbers[at] ?? "") : row.values[at]}>
          <Value of={row.values[at]} link={row.links?.[at]} />
          {row.marks?.[at] && <span className="tag">{row.marks[at]}</span>}
          {ends && row.numbers?.[at] === ends.high && <small title="the greatest"> ▲</small>}
          {ends && row.numbers?.[at] === ends.low && <small title="the smallest"> ▼</small>}
        </td>
      ))}
    </tr>
  );
}

function Value({ of, link }: { of: string | undefined; link: string | undefined }) {
  return of === undefined ? <span className="hint">–</span> : link ? <Link to={link}>{of}</Link> : of;
}
