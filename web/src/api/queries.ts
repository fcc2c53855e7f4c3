import { QueryClient } from "@tanstack/react-query";
import { Refusal } from "./ask.ts";

/** The one cache of answers. What the server refused is not asked again; what the network lost is, twice. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      retry: (count, error) => !(error instanceof Refusal) && count < 2,
    },
  },
});
