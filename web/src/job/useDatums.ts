import { useEffect } from "react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import { jobApi, jobHasEnded, type DatumList, type JobDetails } from "../api/jobs.ts";

/** More datums than this are not drawn; a verdict is chosen instead. */
export const mostDatums = 20_000;

/** While a job goes on, so many pages of its datums are asked for again and again. */
const mostRefreshed = 2;
const refreshMs = 1500;

/** The datums of a job with a verdict (empty: all), as many as are drawn. */
export function useDatums(job: JobDetails, state: string) {
  const goesOn = !jobHasEnded(job.state);
  const states = state === "unknown" ? ["unknown", "starting"] : state;
  const pages = useInfiniteQuery({
    queryKey: ["datums", job.project, job.pipeline, job.id, goesOn ? "" : job.finished, state],
    queryFn: ({ pageParam, signal }) => ask<DatumList>(`${jobApi(job.project, job.pipeline, job.id)}/datums${query({ state: states, after: pageParam })}`, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: (own) => (goesOn && (own.state.data?.pages.length ?? 0) <= mostRefreshed ? refreshMs : false),
    staleTime: goesOn ? 0 : Infinity,
  });
  const { hasNextPage, isFetching, fetchNextPage } = pages;
  const datums = pages.data?.pages.flatMap((page) => page.datums);
  const count = datums?.length ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetching && count < mostDatums) {
      void fetchNextPage();
    }
  }, [hasNextPage, isFetching, count, fetchNextPage]);
  return { datums, isCut: hasNextPage && count >= mostDatums, error: pages.error };
}
