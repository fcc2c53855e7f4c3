import { useState } from "react";
import { Link, NavLink, Outlet, useNavigate, useParams } from "react-router";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "../api/ask.ts";
import { jobApi, jobHasEnded, jobPath, type JobDetails } from "../api/jobs.ts";
import { pipelinePath } from "../api/pipelines.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { RerunDialog } from "../pipeline/RerunDialog.tsx";
import { ProgressBar } from "../pipelines/Progress.tsx";
import { ended, jobStanding } from "../pipelines/states.ts";
import { Copy } from "../ui/Copy.tsx";
import { Problem } from "../ui/Problem.tsx";
import { Status } from "../ui/Status.tsx";
import { took } from "../ui/time.ts";
import { useTitle } from "../ui/useTitle.ts";
import { When } from "../ui/When.tsx";
import { useJob } from "./useJob.ts";
import "../run/run.css";
import "../pipelines/pipelines.css";
import "../pipeline/pipeline.css";
import "./job.css";

const tabs = [
  { path: "", title: "Datums" },
  { path: "logs", title: "Logs" },
  { path: "data", title: "Inputs, outputs" },
];

/** One job: how far it is and why, above its datums, what it printed, and what it read and made. */
export function JobPage() {
  const { project = "", pipeline = "", id = "" } = useParams();
  const job = useJob();
  const navigate = useNavigate();
  const path = jobPath(project, pipeline, id);
  useTitle(`${pipeline} ${id.slice(0, 8)}`);
  useShortcuts(tabs.map((tab, at) => ({ keys: String(at + 1), label: tab.title, group: "Job", run: () => void navigate(tab.path ? `${path}/${tab.path}` : path) })));
  return (
    <div className="run">
      <Problem error={job.error} onRetry={() => void job.refetch()} />
      {job.data && (
        <>
          <Head of={job.data} />
          <nav className="tabs" aria-label="Of this job">
            {tabs.map((tab) => (
              <NavLink key={tab.path} to={tab.path || "."} end>
                {tab.title}
              </NavLink>
            ))}
          </nav>
          <Outlet context={job.data} />
        </>
      )}
    </div>
  );
}

function Head({ of: job }: { of: JobDetails }) {
  const { project, pipeline, id, state, progress } = job;
  const { word, kind } = jobStanding(state);
  return (
    <header>
      <p className="path">
        <Link to="/pipelines">Pipelines</Link> / <Link to={`/pipelines?project=${encodeURIComponent(project)}`}>{project}</Link> /{" "}
        <Link to={pipelinePath(project, pipeline)}>{pipeline}</Link>
      </p>
      <div className="row headline">
        <h1 className="cut">
          {pipeline} <code className="hint">{id.slice(0, 8)}</code>
        </h1>
        <Status of={kind} word={word} />
        <Actions of={job} />
      </div>
      <p className="facts">
        <span>
          <code>{id}</code> <Copy text={id} label="Copy the job's id" />
        </span>
        <span>
          run{" "}
          <Link to={`/runs/${job.run}`} title={job.run}>
            <code>{job.run.slice(0, 8)}</code>
          </Link>
        </span>
        <span>version {job.version}</span>
        <span>
          made <When time={job.created} />
        </span>
        {job.started && <span>took {took(job.started, job.finished)}</span>}
        {job.restarts > 0 && <span>{job.restarts} times taken from lost workers</span>}
      </p>
      <div className="row done">
        <ProgressBar of={progress} isWide />
        <span className="mono">{ended(progress)}</span>
      </div>
      {job.reason && <p className={kind === "failed" ? "reason bad" : "reason"}>{job.reason}</p>}
    </header>
  );
}

function Actions({ of: { project, pipeline, id, state } }: { of: JobDetails }) {
  const [isAsking, setAsking] = useState(false);
  const cache = useQueryClient();
  const stop = useMutation({
    mutationFn: () => send("POST", `${jobApi(project, pipeline, id)}/stop`, {}),
    onSettled: () => cache.invalidateQueries({ queryKey: ["job", project, pipeline, id] }),
  });
  return (
    <>
      <div className="actions row">
        {!jobHasEnded(state) && (
          <button type="button" className="danger" disabled={stop.isPending} title="Kills the job: its output stays what it was before" onClick={() => stop.mutate()}>
            Stop the job
          </button>
        )}
        <button type="button" onClick={() => setAsking(true)}>
          Run again
        </button>
      </div>
      <Problem error={stop.error} />
      {isAsking && <RerunDialog project={project} name={pipeline} onClose={() => setAsking(false)} />}
    </>
  );
}
