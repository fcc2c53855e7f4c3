import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useOutletContext, useParams } from "react-router";
import { ask } from "../api/ask.ts";
import { jobApi, jobHasEnded, type JobDetails } from "../api/jobs.ts";
import { usePipelineEvents } from "../api/live.ts";

/** The job that the path names, kept fresh until it has ended. */
export function useJob() {
  const { project = "", pipeline = "", id = "" } = useParams();
  const cache = useQueryClient();
  const key = ["job", project, pipeline, id];
  const job = useQuery({ queryKey: key, queryFn: ({ signal }) => ask<JobDetails>(jobApi(project, pipeline, id), signal) });
  const goesOn = job.data !== undefined && !job.data.set.every((one) => jobHasEnded(one.state));
  usePipelineEvents(goesOn, job.data?.id ?? "", () => void cache.invalidateQueries({ queryKey: key }, { cancelRefetch: false }));
  return job;
}

/** What the tabs of a job's page are given by it. */
export function useShownJob(): JobDetails {
  return useOutletContext<JobDetails>();
}
