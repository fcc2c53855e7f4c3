import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import { usePipelineEvents } from "../api/live.ts";
import type { PipelineList } from "../api/pipelines.ts";

/** The pipelines of a project (empty: all), kept fresh as they change. */
export function usePipelines(project: string) {
  const cache = useQueryClient();
  const list = useQuery({
    queryKey: ["pipelines", project],
    queryFn: ({ signal }) => ask<PipelineList>(`/api/pipelines${query({ project })}`, signal),
    placeholderData: keepPreviousData,
  });
  usePipelineEvents(list.data !== undefined, "", () => void cache.invalidateQueries({ queryKey: ["pipelines"] }, { cancelRefetch: false }));
  return list;
}
