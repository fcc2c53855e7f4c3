import { useQuery } from "@tanstack/react-query";
import type { Installation } from "../api/admin.ts";
import { ask } from "../api/ask.ts";

const refreshMs = 5000;

export function useInstallation() {
  return useQuery({
    queryKey: ["installation"],
    queryFn: ({ signal }) => ask<Installation>("/api/installation", signal),
    refetchInterval: refreshMs,
  });
}
