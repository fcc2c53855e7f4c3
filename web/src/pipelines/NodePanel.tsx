import { Link } from "react-router";
import { filesPath, jobPath } from "../api/jobs.ts";
import type { PipelineRow } from "../api/pipelines.ts";
import { Icon } from "../ui/Icon.tsx";
import { Status } from "../ui/Status.tsx";
import { took } from "../ui/time.ts";
import { When } from "../ui/When.tsx";
import { nodePath, type GraphNode, type PipelineGraph } from "./graph/nodes.ts";
import { ProgressBar } from "./Progress.tsx";
import { ended, jobStanding, pipelineStanding, reasonOf } from "./states.ts";

/** What there is to know of the node that is looked at, beside the graph. */
export function NodePanel({ graph, at, onAt }: { graph: PipelineGraph; at: number; onAt: (id: string) => void }) {
  const node = graph.nodes[at];
  if (!node) {
    return null;
  }

  return (
    <aside className="panel" aria-label={node.id}>
      <header className="spread">
        <div className="cut">
          <p className="path">{node.project}</p>
          <h2 className="cut">
            <Link to={nodePath(node)}>{node.name}</Link>
          </h2>
        </div>
        <button type="button" className="quiet" aria-label="Close" onClick={() => onAt("")}>
          <Icon name="close" />
        </button>
      </header>
      {node.pipeline ? <Pipeline of={node.pipeline} /> : <p className="hint">{said[node.kind]}</p>}
      <Neighbours title="Reads" graph={graph} nodes={graph.before[at] ?? []} onAt={onAt} />
      <Neighbours title="Read by" graph={graph} nodes={graph.after[at] ?? []} onAt={onAt} />
    </aside>
  );
}

const said = {
  repo: "A repo that no pipeline here writes.",
  cron: "Ticks of a cron input.",
  pipeline: "A pipeline of another project.",
};

function Pipeline({ of: pipeline }: { of: PipelineRow }) {
  const { project, name, job, description, failedInARow } = pipeline;
  const standing = pipelineStanding(pipeline);
  const reason = reasonOf(pipeline);
  return (
    <>
      {description && <p>{description}</p>}
      <p>
        <Status of={standing.kind} word={standing.word} />
      </p>
      {reason && <p className={standing.kind === "failed" ? "reason bad" : "reason"}>{reason}</p>}
      {job && (
        <section>
          <h3>Newest job</h3>
          <p className="spread">
            <Link to={jobPath(project, name, job.id)}>
              <code>{job.id.slice(0, 8)}</code>
            </Link>
            <Status of={jobStanding(job.state).kind} word={jobStanding(job.state).word} />
          </p>
          <ProgressBar of={job.progress} isWide />
          <p className="spread hint">
            <span>{ended(job.progress)} datums</span>
            <span>
              {took(job.started, job.finished)} · <When time={job.finished ?? job.started ?? job.created} />
            </span>
          </p>
          {failedInARow > 1 && <p className="bad">{failedInARow} jobs in a row failed</p>}
          <p>
            <Link to={filesPath(`${project}/${name}`, job.id)}>Output</Link> · <Link to={`/runs/${job.run}`}>Run</Link>
          </p>
        </section>
      )}
    </>
  );
}

function Neighbours({ title, graph, nodes, onAt }: { title: string; graph: PipelineGraph; nodes: number[]; onAt: (id: string) => void }) {
  const known = nodes.map((number) => graph.nodes[number]).filter((node): node is GraphNode => !!node);
  return known.length === 0 ? null : (
    <section>
      <h3>{title}</h3>
      <ul>
        {known.map((node) => (
          <li key={node.id}>
            <button type="button" className="link cut" onClick={() => onAt(node.id)}>
              {node.name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
