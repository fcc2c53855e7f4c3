import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useOutletContext, useParams } from "react-router";
import { ask, query } from "../api/ask.ts";
import { usePipelineEvents } from "../api/live.ts";
import { pipelineApi, type PipelineDetails } from "../api/pipelines.ts";

/** The pipeline that the path names, and all that was asked of it kept fresh. */
export function usePipeline() {
  const { project = "", pipeline = "" } = useParams();
  const cache = useQueryClient();
  const key = ["pipeline", project, pipeline];
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => ask<PipelineDetails>(pipelineApi(project, pipeline), signal) });
  usePipelineEvents(found.data !== undefined, "", () => {
    // One that is being deleted is not asked for: it may be gone already.
    if (cache.isMutating({ mutationKey: deletionOf(project, pipeline) }) === 0) {
      void cache.invalidateQueries({ queryKey: key }, { cancelRefetch: false });
    }
  });
  return found;
}

/** What deleting a pipeline is known by while it goes on. */
export function deletionOf(project: string, pipeline: string): string[] {
  return ["delete-pipeline", project, pipeline];
}

/** What the tabs of a pipeline's page are given by it. */
export function useShownPipeline(): PipelineDetails {
  return useOutletContext<PipelineDetails>();
}

/** One of its versions; the newest one is there already. */
export function useVersion(shown: PipelineDetails, version: number) {
  return useQuery({
    queryKey: ["pipeline-version", shown.project, shown.name, version],
    queryFn: ({ signal }) => ask<PipelineDetails>(`${pipelineApi(shown.project, shown.name)}${query({ version })}`, signal),
    enabled: version !== shown.version,
    staleTime: Infinity,
  });
}
