import { Link } from "react-router";
import { filesPath, jobPath } from "../api/jobs.ts";
import { ProgressBar } from "../pipelines/Progress.tsx";
import { ended, jobStanding } from "../pipelines/states.ts";
import { bytes } from "../ui/number.ts";
import { Status } from "../ui/Status.tsx";
import { duration } from "../ui/time.ts";
import { useShownJob } from "./useJob.ts";

/** The exact commits that the job read and made, what that cost, and the other jobs that the same commit set going. */
export function DataTab() {
  const { project, pipeline, id, branch, inputs, stats, workers, set } = useShownJob();
  return (
    <div className="narrow stack">
      <section>
        <h2>Reads</h2>
        {inputs.length === 0 && <p className="hint">Nothing.</p>}
        <table className="plain">
          <tbody>
            {inputs.map((input) => (
              <tr key={input.name}>
                <th scope="row">/pfs/{input.name}</th>
                <td>
                  <Link to={filesPath(input.repo, input.commit)}>
                    {input.repo}@<code>{input.commit.slice(0, 12)}</code>
                  </Link>
                </td>
                <td className="hint">{input.branch}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section>
        <h2>Makes</h2>
        <p>
          <Link to={filesPath(`${project}/${pipeline}`, id)}>
            {project}/{pipeline}@<code>{id.slice(0, 12)}</code>
          </Link>{" "}
          <span className="hint">branch {branch}</span>
        </p>
      </section>
      <section>
        <h2>Took, of all workers together</h2>
        <table className="plain">
          <tbody>
            <tr>
              <th scope="row">Laying out inputs</th>
              <td>{duration(stats.downloadSeconds)}</td>
              <td>{bytes(stats.downloadBytes)}</td>
            </tr>
            <tr>
              <th scope="row">Programs</th>
              <td colSpan={2}>{duration(stats.processSeconds)}</td>
            </tr>
            <tr>
              <th scope="row">Taking outputs</th>
              <td>{duration(stats.uploadSeconds)}</td>
              <td>{bytes(stats.uploadBytes)}</td>
            </tr>
          </tbody>
        </table>
      </section>
      {workers.length > 0 && (
        <section>
          <h2>At work</h2>
          <table className="plain">
            <tbody>
              {workers.map((worker) => (
                <tr key={worker.name}>
                  <th scope="row">{worker.name}</th>
                  <td className="mono">{worker.files.join(", ")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <section>
        <h2>Jobs of the same commit</h2>
        <table className="plain">
          <tbody>
            {set.map((job) => (
              <tr key={`${job.project}/${job.pipeline}`} aria-current={job.project === project && job.pipeline === pipeline}>
                <th scope="row">
                  <Link to={jobPath(job.project, job.pipeline, job.id)}>
                    {job.project === project ? "" : `${job.project}/`}
                    {job.pipeline}
                  </Link>
                </th>
                <td>
                  <Status of={jobStanding(job.state).kind} word={jobStanding(job.state).word} />
                </td>
                <td>
                  <span className="row">
                    <ProgressBar of={job.progress} /> <span className="hint">{ended(job.progress)}</span>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
