import { useRef, useState } from "react";
import { Link, useNavigate } from "react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useShortcuts } from "../app/shortcuts.ts";
import { jobPath } from "../api/jobs.ts";
import { pipelinePath, type PipelineRow } from "../api/pipelines.ts";
import { Status } from "../ui/Status.tsx";
import { took } from "../ui/time.ts";
import { When } from "../ui/When.tsx";
import { ProgressBar } from "./Progress.tsx";
import { ended, pipelineStanding, reasonOf } from "./states.ts";
import "../runs/runs.css";

const rowHeight = 28;
const columns = ["Pipeline", "State", "Newest job", "Progress", "Took", "Failures", "Behind", "Why"];

/** The pipelines as rows: only those that can be seen are in the document. */
export function PipelineTable({ pipelines, showsProject }: { pipelines: PipelineRow[]; showsProject: boolean }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const rows = useVirtualizer({ count: pipelines.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12 });
  useRowKeys(pipelines, at, setAt, (index) => rows.scrollToIndex(index));
  return (
    <div className="scroller" ref={scroller}>
      <div role="table" aria-label="Pipelines" aria-rowcount={pipelines.length + 1} className="grid pipelines-grid">
        <div role="row" className="head" aria-rowindex={1}>
          {columns.map((column) => (
            <span key={column} role="columnheader">
              {column}
            </span>
          ))}
        </div>
        <div role="rowgroup" className="body" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((item) => {
            const pipeline = pipelines[item.index];
            return (
              pipeline && (
                <div
                  key={`${pipeline.project}/${pipeline.name}`}
                  role="row"
                  aria-rowindex={item.index + 2}
                  className={item.index === at ? "at" : undefined}
                  style={{ transform: `translateY(${item.start}px)` }}
                  onClick={() => setAt(item.index)}
                >
                  <Cells of={pipeline} showsProject={showsProject} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Cells({ of: pipeline, showsProject }: { of: PipelineRow; showsProject: boolean }) {
  const { project, name, job, unfinished, behindSince, failedInARow } = pipeline;
  const standing = pipelineStanding(pipeline);
  const reason = reasonOf(pipeline);
  return (
    <>
      <span role="cell" className="cut" title={`${project}/${name}`}>
        <Link to={pipelinePath(project, name)}>{name}</Link> {showsProject && <span className="hint">{project}</span>}
      </span>
      <span role="cell">
        <Status of={standing.kind} word={standing.word} />
      </span>
      <span role="cell">
        {job && (
          <Link to={jobPath(project, name, job.id)}>
            <When time={job.finished ?? job.started ?? job.created} />
          </Link>
        )}
      </span>
      <span role="cell" className="row">
        {job && (
          <>
            <ProgressBar of={job.progress} /> <span className="hint">{ended(job.progress)}</span>
          </>
        )}
      </span>
      <span role="cell">{job && took(job.started, job.finished)}</span>
      <span role="cell" className={failedInARow > 0 ? "bad" : undefined}>
        {failedInARow > 0 && `✕ ${failedInARow} in a row`}
      </span>
      <span role="cell" title={behindSince ?? undefined}>
        {behindSince && `${unfinished} ${unfinished === 1 ? "job" : "jobs"}, ${took(behindSince, null)}`}
      </span>
      <span role="cell" className="cut" title={reason}>
        {reason}
      </span>
    </>
  );
}

function useRowKeys(pipelines: PipelineRow[], at: number, setAt: (at: number) => void, show: (index: number) => void): void {
  const navigate = useNavigate();
  const move = (by: number) => {
    const to = Math.min(pipelines.length - 1, Math.max(0, at + by));
    setAt(to);
    show(to);
  };
  const here = pipelines[at];
  const group = "Pipelines";
  useShortcuts([
    { keys: "j", label: "Next pipeline", group, run: () => move(1) },
    { keys: "k", label: "Previous pipeline", group, run: () => move(-1) },
    { keys: "Enter", label: "Open the pipeline", group, run: () => here && void navigate(pipelinePath(here.project, here.name)) },
  ]);
}
