import { Link, NavLink, Outlet, useNavigate, useParams } from "react-router";
import { useShortcuts } from "../app/shortcuts.ts";
import { pipelinePath, type PipelineDetails } from "../api/pipelines.ts";
import { Problem } from "../ui/Problem.tsx";
import { Status } from "../ui/Status.tsx";
import { useTitle } from "../ui/useTitle.ts";
import { When } from "../ui/When.tsx";
import { Actions } from "./Actions.tsx";
import { usePipeline } from "./usePipeline.ts";
import { pipelineWord } from "./words.ts";
import "../run/run.css";
import "../pipelines/pipelines.css";
import "./pipeline.css";

const tabs = [
  { path: "", title: "Jobs" },
  { path: "spec", title: "Spec" },
  { path: "data", title: "Inputs, outputs" },
];

/** One pipeline: how it stands and what can be done with it, above its jobs, its spec and what it reads and writes. */
export function PipelinePage() {
  const { project = "", pipeline = "" } = useParams();
  const found = usePipeline();
  const navigate = useNavigate();
  const path = pipelinePath(project, pipeline);
  useTitle(pipeline);
  useShortcuts([
    ...tabs.map((tab, at) => ({ keys: String(at + 1), label: tab.title, group: "Pipeline", run: () => void navigate(tab.path ? `${path}/${tab.path}` : path) })),
    { keys: "e", label: "Edit the spec", group: "Pipeline", run: () => void navigate(`${path}/edit`) },
  ]);
  return (
    <div className="run">
      <Problem error={found.error} onRetry={() => void found.refetch()} />
      {found.data && (
        <>
          <Head of={found.data} />
          <nav className="tabs" aria-label="Of this pipeline">
            {tabs.map((tab) => (
              <NavLink key={tab.path} to={tab.path || "."} end>
                {tab.title}
              </NavLink>
            ))}
          </nav>
          <Outlet context={found.data} />
        </>
      )}
    </div>
  );
}

function Head({ of: pipeline }: { of: PipelineDetails }) {
  const { project, name, reason, description, address, warnings } = pipeline;
  const { word, kind } = pipelineWord(pipeline.state);
  return (
    <header>
      <p className="path">
        <Link to="/pipelines">Pipelines</Link> / <Link to={`/pipelines?project=${encodeURIComponent(project)}`}>{project}</Link>
      </p>
      <div className="row headline">
        <h1 className="cut">{name}</h1>
        <Status of={kind} word={word} />
        {pipeline.kind !== "transform" && <span className="tag">{pipeline.kind}</span>}
        <Actions of={pipeline} />
      </div>
      {description && <p>{description}</p>}
      <p className="facts">
        <span>version {pipeline.newest}</span>
        <span>
          updated <When time={pipeline.updated} />
        </span>
        {pipeline.createdBy && <span>made by {pipeline.createdBy}</span>}
        <span>
          {pipeline.parallelism} {pipeline.parallelism === 1 ? "worker" : "workers"}
        </span>
        {address && <span>reached at {address}</span>}
        <Link to={`/pipelines?at=${encodeURIComponent(`${project}/${name}`)}`}>in the graph</Link>
      </p>
      {reason && <p className="reason bad">{reason}</p>}
      {warnings.map((warning) => (
        <p key={warning} className="reason">
          {warning}
        </p>
      ))}
    </header>
  );
}
