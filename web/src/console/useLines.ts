import { useQueries, useQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import type { LogLine, LogSlice, LogWorkers } from "../api/run.ts";
import { logTotalKey } from "../run/useRun.ts";

/** Lines are asked for by so many at a time. */
const chunk = 500;
const workersMs = 5_000;

/** How many lines there are; who listens to the run tells of new ones. */
export function useLineCount(run: string) {
  return useQuery({
    queryKey: logTotalKey(run),
    queryFn: ({ signal }) => ask<LogSlice>(`/api/runs/${run}/log?count=0`, signal),
    staleTime: 5_000,
  });
}

/** The lines at some places: undefined where they are still on their way. */
export function useLines(run: string, places: number[], total: number): (place: number) => LogLine | undefined {
  const wanted = [...new Set(places.map((place) => Math.floor(place / chunk)))];
  const chunks = useQueries({
    queries: wanted.map((at) => {
      // A chunk that is full never changes; of the last one, more lines make another.
      const has = Math.min(chunk, total - at * chunk);
      return {
        queryKey: ["log", run, at, has],
        queryFn: ({ signal }: { signal: AbortSignal }) => ask<LogSlice>(`/api/runs/${run}/log${query({ from: at * chunk, count: has })}`, signal),
        staleTime: Infinity,
        enabled: has > 0,
        placeholderData: (before: LogSlice | undefined) => before,
      };
    }),
  });
  return (place) => chunks[wanted.indexOf(Math.floor(place / chunk))]?.data?.lines[place % chunk];
}

/** Who printed how many lines; of one of them also which. The server reads the whole console for it. */
export function useWorkers(run: string, worker: string | undefined, isOn: boolean, isLive: boolean) {
  return useQuery({
    queryKey: ["log", run, "workers", worker],
    queryFn: ({ signal }) => ask<LogWorkers>(`/api/runs/${run}/log/workers${query({ worker })}`, signal),
    enabled: isOn,
    staleTime: workersMs,
    refetchInterval: isLive && worker !== undefined ? workersMs : false,
  });
}

export function useFound(run: string, text: string) {
  return useQuery({
    queryKey: ["log", run, "find", text],
    queryFn: ({ signal }) => ask<{ lines: LogLine[]; more: boolean }>(`/api/runs/${run}/log/find${query({ q: text })}`, signal),
    enabled: text.length > 0,
    staleTime: 5_000,
  });
}
