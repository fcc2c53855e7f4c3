import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import type { Explanation, FairShareList, FilledQueue, Machine, Queue, Share, Workload } from "../api/shares.ts";

/** What is decided anew every second is asked for so often that nobody sees what is older than two. */
export const refreshMs = 1500;
/** What follows from a decision costs one. */
const decisionMs = 3000;

export const mostWork = 500;

export function useShares() {
  return useQuery({
    queryKey: ["shares"],
    queryFn: async ({ signal }) => (await ask<{ shares: Share[] }>("/api/shares", signal)).shares,
    refetchInterval: refreshMs,
  });
}

/** By the names of shares. */
export function useFairShares() {
  return useQuery({
    queryKey: ["shares", "fair"],
    queryFn: async ({ signal }) => {
      const { shares } = await ask<FairShareList>("/api/shares/fair", signal);
      return new Map(shares.map((share) => [share.name, share.fair_share]));
    },
    refetchInterval: decisionMs,
  });
}

export function useMachines() {
  return useQuery({
    queryKey: ["machines"],
    queryFn: async ({ signal }) => (await ask<{ nodes: Machine[] }>("/api/nodes", signal)).nodes,
    refetchInterval: refreshMs,
  });
}

/** What has not ended, of a project or of all. */
export function useWork(project: string) {
  return useQuery({
    queryKey: ["work", project],
    queryFn: ({ signal }) => ask<{ workloads: Workload[]; total: number }>(`/api/workloads${query({ live: true, project, limit: mostWork })}`, signal),
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  });
}

export function useExplanation(workload: string) {
  return useQuery({
    queryKey: ["work", "explain", workload],
    queryFn: ({ signal }) => ask<Explanation>(`/api/workloads/${workload}/explain`, signal),
    refetchInterval: decisionMs,
  });
}

export function useQueueList() {
  return useQuery({
    queryKey: ["queues"],
    queryFn: async ({ signal }) => (await ask<{ queues: Queue[] }>("/api/queues", signal)).queues,
    refetchInterval: refreshMs,
  });
}

export function useQueue(id: string) {
  return useQuery({
    queryKey: queueKey(id),
    queryFn: ({ signal }) => ask<FilledQueue>(`/api/queues/${id}`, signal),
    refetchInterval: refreshMs,
    enabled: id !== "",
  });
}

export function queueKey(id: string): string[] {
  return ["queues", id];
}
