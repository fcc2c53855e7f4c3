import { useId } from "react";
import { Link } from "react-router";
import { query } from "../api/ask.ts";
import type { RunPage, RunSummary } from "../api/runs.ts";
import { Status } from "../ui/Status.tsx";
import { took } from "../ui/time.ts";
import { When } from "../ui/When.tsx";

interface RunListProps {
  title: string;
  runs: RunPage | undefined;
  none: string;
  /** The filter of the table that shows all of them. */
  filter: string;
  /** Says why each failed. */
  says?: "why";
  /** Why runs wait, by their ids, where more is known than they say. */
  reasons?: ReadonlyMap<string, string>;
}

/** A few runs of one kind, and the way to all of them. */
export function RunList({ title, runs, none, filter, says, reasons }: RunListProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className="spread">
        <h2 id={id}>{title}</h2>
        {runs?.next && <Link to={`/runs${query({ filter })}`}>all</Link>}
      </div>
      {runs?.runs.length === 0 && <p className="hint">{none}</p>}
      <ul>
        {runs?.runs.map((run) => (
          <li key={run.id}>
            <Status of={run.status} />
            <span className="cut">
              <Link to={`/runs/${run.id}`}>{run.name || run.id.slice(0, 8)}</Link> <span className="hint">{run.project}</span>
              {says && <span className="why">{reasonOf(run)}</span>}
              {reasons && (
                <span className="wait" title={reasons.get(run.id)}>
                  {reasons.get(run.id) ?? run.statusMessage}
                </span>
              )}
            </span>
            <span className="hint">{took(run.started, run.completed)}</span>
            <span className="hint">
              <When time={run.completed ?? run.started ?? run.created} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function reasonOf(run: RunSummary): string {
  return [run.statusReason, run.statusMessage].filter(Boolean).join(": ");
}
