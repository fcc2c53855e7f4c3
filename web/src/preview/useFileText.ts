import { useMemo } from "react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { rangeBytes, readRange, textOf } from "./ranges.ts";

/** More of a text than this is for a program, not for a page. */
export const mostBytes = 32 * 1024 * 1024;

/** A text from its beginning, as far as it was scrolled; `more` asks for what follows. */
export function useFileText(address: string) {
  const file = useInfiniteQuery({
    queryKey: ["file", address],
    queryFn: ({ pageParam, signal }) => readRange(address, pageParam, pageParam + rangeBytes, signal),
    initialPageParam: 0,
    getNextPageParam: (last, _, from) => {
      const next = from + last.bytes.byteLength;
      return next < Math.min(last.total, mostBytes) ? next : undefined;
    },
    staleTime: 10_000,
  });
  const pages = file.data?.pages;
  const text = useMemo(() => pages && textOf(pages), [pages]);
  return {
    text,
    total: pages?.at(-1)?.total ?? 0,
    hasMore: file.hasNextPage,
    /** All that is shown is here, and there is more. */
    isCut: !file.hasNextPage && (pages?.at(-1)?.total ?? 0) > mostBytes,
    error: file.error,
    more: () => void (file.hasNextPage && !file.isFetchingNextPage && file.fetchNextPage()),
  };
}
