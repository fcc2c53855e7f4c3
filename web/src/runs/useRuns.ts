import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import type { RunPage } from "../api/runs.ts";
import { attributes, type RunView } from "./view.ts";

const refreshMs = 5000;
/** A table that was scrolled far is not asked for again as a whole. */
const mostRefreshed = 3;

/** What the server is asked to narrow the table by. */
export const narrowing = (view: RunView) => ({ project: view.project, filter: view.filter, q: view.search, archived: view.isArchive ? "1" : "" });

/** The table, page by page. */
export function useRunPages(view: RunView) {
  const column = view.columns.filter((name) => !(name in attributes));
  return useInfiniteQuery({
    queryKey: ["runs", narrowing(view), view.sort, column],
    queryFn: ({ pageParam, signal }) =>
      ask<RunPage>(`/api/runs${query({ ...narrowing(view), sort: view.sort, column, page: pageParam })}`, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: (state) => ((state.state.data?.pages.length ?? 0) <= mostRefreshed ? refreshMs : false),
  });
}

export function useRunCount(view: RunView) {
  return useQuery({
    queryKey: ["runs", "count", narrowing(view)],
    queryFn: ({ signal }) => ask<{ count: number }>(`/api/runs/count${query(narrowing(view))}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
}
