import { Link, NavLink, Outlet, useNavigate, useParams } from "react-router";
import type { RunDetails } from "../api/run.ts";
import { RunActions } from "../actions/RunActions.tsx";
import { useShortcuts } from "../app/shortcuts.ts";
import { jobPage } from "../data/address.ts";
import { Copy } from "../ui/Copy.tsx";
import { Problem } from "../ui/Problem.tsx";
import { Status } from "../ui/Status.tsx";
import { took } from "../ui/time.ts";
import { useTitle } from "../ui/useTitle.ts";
import { When } from "../ui/When.tsx";
import { tabs } from "./tabs.ts";
import { useRun } from "./useRun.ts";
import "./run.css";

/** One run: what it is, above the tabs that show what it did. */
export function RunPage() {
  const { id = "" } = useParams();
  const run = useRun();
  const navigate = useNavigate();
  useTitle(run.data?.run.name);
  useShortcuts(
    tabs.slice(0, 9).map((tab, at) => ({
      keys: String(at + 1),
      label: tab.title,
      group: "Run",
      run: () => void navigate(tab.path ? `/runs/${id}/${tab.path}` : `/runs/${id}`),
    })),
  );
  return (
    <div className="run">
      <Problem error={run.error} onRetry={() => void run.refetch()} />
      {run.data && (
        <>
          <Head of={run.data} />
          <nav className="tabs" aria-label="Of this run">
            {tabs.map((tab) => (
              <NavLink key={tab.path} to={tab.path || "."} end>
                {tab.title}
              </NavLink>
            ))}
          </nav>
          <Outlet context={run.data} />
        </>
      )}
    </div>
  );
}

function Head({ of: details }: { of: RunDetails }) {
  const { run, job } = details;
  const reason = [run.statusReason, run.statusMessage].filter(Boolean).join(": ");
  return (
    <header>
      <p className="path">
        <Link to="/runs">Runs</Link> / <Link to={`/runs?project=${encodeURIComponent(run.project)}`}>{run.project}</Link>
        {run.parent && (
          <>
            {" "}
            / <Link to={`/runs/${run.parent}`}>{run.parent.slice(0, 8)}</Link>
          </>
        )}
      </p>
      <div className="row">
        <h1 className="cut">{run.name || run.id.slice(0, 8)}</h1>
        <Status of={run.status} />
        {run.labels.map((label) => (
          <span key={label} className="tag">
            {label}
          </span>
        ))}
        {run.archived && <span className="tag">archived</span>}
        <RunActions of={details} />
      </div>
      <p className="facts">
        <span>
          <code>{run.id}</code> <Copy text={run.id} label="Copy the id: the same in Pachyderm, ClearML and MLflow" />
        </span>
        {run.user && <span>{run.user}</span>}
        {job && <Link to={jobPage(job)}>job of {job.pipeline}</Link>}
        <span>
          {run.started ? (
            <>
              started <When time={run.started} />
            </>
          ) : (
            <>
              created <When time={run.created} />
            </>
          )}
        </span>
        {run.started && <span>took {took(run.started, run.completed)}</span>}
      </p>
      {reason && <p className={run.status === "failed" ? "reason bad" : "reason"}>{reason}</p>}
    </header>
  );
}
