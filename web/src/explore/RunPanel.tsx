import { Link } from "react-router";
import type { RunRow } from "../api/runs.ts";
import { grouped } from "../ui/number.ts";
import { intoView } from "../ui/useListKeys.ts";
import type { Axis } from "./axes.ts";
import { Dot } from "./Legend.tsx";

/** More names than this nobody reads; brushes make them fewer. */
export const mostListed = 200;

interface RunPanelProps {
  runs: RunRow[];
  /** In the order of the list, by their numbers. */
  listed: number[];
  count: number;
  axes: Axis[];
  colour: Axis | undefined;
  colours: string[];
  at: number | undefined;
  isLowFirst: boolean;
  onAt: (run: number | undefined) => void;
  onOrder: () => void;
}

/** The runs within the brushes by name, in the order of the colours' values; all values of the one that is looked at. */
export function RunPanel({ runs, listed, count, axes, colour, colours, at, isLowFirst, onAt, onOrder }: RunPanelProps) {
  const looked = at === undefined ? undefined : runs[at];
  return (
    <aside className="explored" aria-label="Runs within the brushes">
      <div className="looked" role="status">
        {looked && at !== undefined ? (
          <>
            <h2 className="cut">{nameOf(looked)}</h2>
            <dl>
              {axes.map((axis) => (
                <div key={axis.column}>
                  <dt className="cut">{axis.title}</dt>
                  <dd className="mono cut">{axis.texts[at] ?? "none"}</dd>
                </div>
              ))}
            </dl>
          </>
        ) : (
          <p className="hint">
            <kbd>j</kbd> and <kbd>k</kbd> go from run to run, <kbd>Enter</kbd> opens one. Drag along an axis to show a part.
          </p>
        )}
      </div>
      {colour && (
        <button type="button" className="quiet order" onClick={onOrder} title="The other way round">
          {colour.title} <span aria-hidden="true">{isLowFirst ? "▲" : "▼"}</span> {isLowFirst ? "least first" : "greatest first"}
        </button>
      )}
      <ol onPointerLeave={() => onAt(undefined)}>
        {listed.map((run) => {
          const row = runs[run];
          return (
            row && (
              <li key={row.id} ref={run === at ? intoView : undefined} aria-current={run === at} onPointerEnter={() => onAt(run)}>
                <Dot colour={colours[run] ?? ""} />
                <Link className="cut" to={`/runs/${row.id}`} onFocus={() => onAt(run)}>
                  {nameOf(row)}
                </Link>
                <span className="mono">{colour?.texts[run]}</span>
              </li>
            )
          );
        })}
      </ol>
      {count > listed.length && <p className="hint">and {grouped(count - listed.length)} others</p>}
    </aside>
  );
}

function nameOf(run: RunRow): string {
  return run.name || run.id.slice(0, 8);
}
