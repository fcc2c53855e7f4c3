import { Link } from "react-router";
import type { RunRow } from "../api/runs.ts";
import { short } from "../ui/number.ts";
import { Status } from "../ui/Status.tsx";
import { took } from "../ui/time.ts";
import { When } from "../ui/When.tsx";
import { isMetric } from "./view.ts";

/** What a run has in a column. */
export function RunCell({ run, column }: { run: RunRow; column: string }) {
  if (isMetric(column)) {
    const value = run.cells[column];
    return (
      <span role="cell" className="number mono" title={value === undefined ? undefined : String(value)}>
        {typeof value === "number" ? short(value) : ""}
      </span>
    );
  }

  return (
    <span role="cell" className="cut" title={titleOf(run, column)}>
      {content(run, column)}
    </span>
  );
}

function content(run: RunRow, column: string) {
  switch (column) {
    case "status":
      return <Status of={run.status} />;
    case "name":
      return (
        <>
          <Link to={`/runs/${run.id}`}>{run.name || run.id.slice(0, 8)}</Link>
          {run.labels.map((label) => (
            <span key={label} className="tag">
              {label}
            </span>
          ))}
        </>
      );
    case "id":
      return <code>{run.id.slice(0, 12)}</code>;
    case "created":
      return <When time={run.created} />;
    case "started":
      return <When time={run.started} />;
    case "completed":
      return <When time={run.completed} />;
    case "took":
      return took(run.started, run.completed);
    case "project":
      return run.project;
    case "user":
      return run.user;
    case "type":
      return run.type;
    case "iterations":
      return run.lastIteration;
    default:
      return run.cells[column] ?? "";
  }
}

function titleOf(run: RunRow, column: string): string | undefined {
  switch (column) {
    case "status":
      return [run.statusReason, run.statusMessage].filter(Boolean).join(": ") || undefined;
    case "name":
      return run.name;
    case "project":
      return run.project;
    case "id":
      return run.id;
    default:
      return typeof run.cells[column] === "string" ? run.cells[column] : undefined;
  }
}
