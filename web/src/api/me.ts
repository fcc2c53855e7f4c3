import { useQuery } from "@tanstack/react-query";
import { ask } from "./ask.ts";

/** `GET /api/me` */
export interface Me {
  user: string;
  signed_in: boolean;
  /** May change quotas, users, storage. */
  administrator: boolean;
  version: string;
}

export function useMe() {
  return useQuery({ queryKey: ["me"], queryFn: ({ signal }) => ask<Me>("/api/me", signal), staleTime: Infinity });
}

/** Why what only administrators do cannot be done; undefined for an administrator, and while nobody knows. */
export function useRefusal(what: string): string | undefined {
  return useMe().data?.administrator === false ? `Only administrators ${what}` : undefined;
}
