import { Link } from "react-router";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ask, send } from "../api/ask.ts";
import { filesPath, jobApi, type DatumDetails, type JobDetails } from "../api/jobs.ts";
import type { LogLine } from "../api/run.ts";
import { LineText } from "../console/Line.tsx";
import { datumStanding } from "../pipelines/states.ts";
import { Copy } from "../ui/Copy.tsx";
import { Icon } from "../ui/Icon.tsx";
import { bytes } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { Status } from "../ui/Status.tsx";
import { duration, moment } from "../ui/time.ts";
import "../console/console.css";

const refreshMs = 2000;

/** A datum: what became of it and why, what it read, how long that took, and what was printed. */
export function DatumPanel({ job, id, onClose }: { job: JobDetails; id: string; onClose: () => void }) {
  const path = `${jobApi(job.project, job.pipeline, job.id)}/datums/${id}`;
  const goesOn = job.state === "running";
  const cache = useQueryClient();
  const key = ["datum", path, job.finished];
  const datum = useQuery({ queryKey: key, queryFn: ({ signal }) => ask<DatumDetails>(path, signal), refetchInterval: goesOn && refreshMs });
  const restart = useMutation({
    mutationFn: () => send("POST", `${path}/restart`, {}),
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  });
  return (
    <aside className="panel datum-panel" aria-label="Datum">
      <header className="spread">
        <h2 className="cut">
          <code title={id}>{id.slice(0, 16)}</code> <Copy text={id} label="Copy the datum's id" />
        </h2>
        <button type="button" className="quiet" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <Problem error={datum.error ?? restart.error} />
      {datum.data && (
        <>
          <p className="spread">
            <Status of={datumStanding(datum.data.state).kind} word={datumStanding(datum.data.state).word} />
            {goesOn && (
              <button type="button" disabled={restart.isPending} title="From the start, while the job runs" onClick={() => restart.mutate()}>
                Restart
              </button>
            )}
          </p>
          <p className="reason">{datum.data.reason}</p>
          <Files of={datum.data} />
          <Times of={datum.data} />
        </>
      )}
      <Log path={path} isLive={goesOn} ofRun={job.run} />
    </aside>
  );
}

function Files({ of: { files } }: { of: DatumDetails }) {
  return (
    <section>
      <h3>Reads</h3>
      <ul>
        {files.map((file) => (
          <li key={`${file.name} ${file.path}`} className="spread">
            <span className="cut">
              <Icon name={file.isFolder ? "folder" : "file"} />{" "}
              <Link to={filesPath(file.repo, file.commit, file.path)} title={`${file.repo}@${file.commit}:${file.path}`}>
                {file.name}:{file.path}
              </Link>
            </span>
            <span className="hint">{bytes(file.size)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Times({ of: { stats } }: { of: DatumDetails }) {
  return (
    <section>
      <h3>Took</h3>
      <p className="hint">
        inputs {duration(stats.downloadSeconds)}, program {duration(stats.processSeconds)}, outputs {duration(stats.uploadSeconds)} ({bytes(stats.uploadBytes)})
      </p>
    </section>
  );
}

function Log({ path, isLive, ofRun }: { path: string; isLive: boolean; ofRun: string }) {
  const log = useQuery({
    queryKey: ["datum", path, "log", isLive],
    queryFn: ({ signal }) => ask<{ lines: LogLine[] }>(`${path}/log`, signal),
    refetchInterval: isLive && refreshMs,
  });
  return (
    <section>
      <p className="spread">
        <strong>Printed</strong> <Link to={`/runs/${ofRun}`}>the job's run</Link>
      </p>
      <Problem error={log.error} />
      {log.data?.lines.length === 0 && <p className="hint">Nothing, for this datum, in this job.</p>}
      {log.data && log.data.lines.length > 0 && (
        <div className="datum-log" role="log" aria-label="What the datum printed" tabIndex={0}>
          {log.data.lines.map((line) => (
            <p key={line.number} title={`${moment(line.time)} ${line.worker}`}>
              <LineText line={line} />
            </p>
          ))}
        </div>
      )}
    </section>
  );
}
