import { useQueries } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import type { Entry, Listing } from "../api/data.ts";
import { placeAddress, type Place } from "./address.ts";

/** Children are asked for by so many at a time. */
export const chunk = 200;

export interface ListingView {
  sort: string;
  /** Only names that begin so. */
  prefix: string;
}

/** The children between two places of a listing: undefined where they are still on their way. */
export function useChildren(place: Place, view: ListingView, first: number, last: number): (index: number) => Entry | undefined {
  const from = Math.floor(first / chunk);
  const to = Math.floor(last / chunk);
  const parts = useQueries({
    queries: Array.from({ length: to - from + 1 }, (_, index) => ({
      queryKey: ["place", place.project, place.repo, place.commit, place.path.join("/"), view, from + index],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        ask<Listing>(placeAddress(place, "files", { ...view, offset: (from + index) * chunk, count: chunk }), signal),
      staleTime: 10_000,
    })),
  });
  return (index) => parts[Math.floor(index / chunk) - from]?.data?.children?.[index % chunk];
}
