import { Link } from "react-router";
import type { JobLink } from "../api/data.ts";
import { jobPage } from "./address.ts";

/** The job that made a commit, and its run. */
export function JobName({ of }: { of: JobLink }) {
  return (
    <span>
      <Link to={jobPage(of)} title={`The job of pipeline ${of.project}/${of.pipeline}: ${of.state}`}>
        job of {of.pipeline}
      </Link>
      , <Link to={`/runs/${of.run}`}>run</Link>
    </span>
  );
}
