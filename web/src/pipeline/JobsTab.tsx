import { useCallback, useEffect, useRef } from "react";
import { Link } from "react-router";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ask, query } from "../api/ask.ts";
import { jobPath, type JobList, type JobSummary } from "../api/jobs.ts";
import { pipelineApi } from "../api/pipelines.ts";
import { ProgressBar } from "../pipelines/Progress.tsx";
import { ended, jobStanding } from "../pipelines/states.ts";
import { Empty } from "../ui/Empty.tsx";
import { Problem } from "../ui/Problem.tsx";
import { Status } from "../ui/Status.tsx";
import { took } from "../ui/time.ts";
import { When } from "../ui/When.tsx";
import { useShownPipeline } from "./usePipeline.ts";
import "../runs/runs.css";

const rowHeight = 28;
const ahead = 20;
const columns = ["Job", "State", "Progress", "Took", "Made", "Version", "Why"];

/** The jobs of the pipeline, the newest first, page by page as one scrolls. */
export function JobsTab() {
  const { project, name } = useShownPipeline();
  const pages = useInfiniteQuery({
    queryKey: ["pipeline", project, name, "jobs"],
    queryFn: ({ pageParam, signal }) => ask<JobList>(`${pipelineApi(project, name)}/jobs${query({ before: pageParam })}`, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const more = useCallback(() => void (hasNextPage && !isFetchingNextPage && fetchNextPage()), [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const jobs = pages.data?.pages.flatMap((page) => page.jobs);
  if (jobs?.length === 0) {
    return (
      <Empty title="This pipeline has had no job yet">
        <p>One is made for each commit that it reads.</p>
      </Empty>
    );
  }

  return (
    <div className="fill">
      <Problem error={pages.error} onRetry={() => void pages.refetch()} />
      <JobTable jobs={jobs ?? []} onEnd={more} />
    </div>
  );
}

function JobTable({ jobs, onEnd }: { jobs: JobSummary[]; onEnd: () => void }) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: jobs.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12 });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (jobs.length > 0 && last >= jobs.length - ahead) {
      onEnd();
    }
  }, [last, jobs.length, onEnd]);
  return (
    <div className="scroller" ref={scroller}>
      <div role="table" aria-label="Jobs" aria-rowcount={jobs.length + 1} className="grid jobs-grid">
        <div role="row" className="head" aria-rowindex={1}>
          {columns.map((column) => (
            <span key={column} role="columnheader">
              {column}
            </span>
          ))}
        </div>
        <div role="rowgroup" className="body" style={{ height: rows.getTotalSize() }}>
          {shown.map((item) => {
            const job = jobs[item.index];
            return (
              job && (
                <div key={job.id} role="row" aria-rowindex={item.index + 2} style={{ transform: `translateY(${item.start}px)` }}>
                  <JobCells of={job} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

function JobCells({ of: job }: { of: JobSummary }) {
  const { word, kind } = jobStanding(job.state);
  return (
    <>
      <span role="cell">
        <Link to={jobPath(job.project, job.pipeline, job.id)}>
          <code>{job.id.slice(0, 12)}</code>
        </Link>
      </span>
      <span role="cell">
        <Status of={kind} word={word} />
      </span>
      <span role="cell" className="row">
        <ProgressBar of={job.progress} /> <span className="hint">{ended(job.progress)}</span>
      </span>
      <span role="cell">{took(job.started, job.finished)}</span>
      <span role="cell">
        <When time={job.created} />
      </span>
      <span role="cell">{job.version}</span>
      <span role="cell" className="cut" title={job.reason}>
        {job.reason}
      </span>
    </>
  );
}
