import { useMutation, useQueryClient } from "@tanstack/react-query";

/** Asks for a change of runs; everything that shows runs is asked for again once it is done. */
export function useChange<TAsked, TDone>(change: (asked: TAsked) => Promise<TDone>, onDone?: (done: TDone, asked: TAsked) => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (done, asked) => {
      onDone?.(done, asked);
      await cache.invalidateQueries();
    },
  });
}
