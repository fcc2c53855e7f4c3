import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ask, query, send } from "../api/ask.ts";
import type { ModelDetails, NamedModelDetails } from "../api/models.ts";

const refreshMs = 5000;

export function useModel(id: string) {
  return useQuery({
    queryKey: ["model", id],
    queryFn: ({ signal }) => ask<ModelDetails>(`/api/models/${id}`, signal),
    refetchInterval: refreshMs,
  });
}

export function useName(name: string, isOn = true) {
  return useQuery({
    queryKey: ["model", "name", name],
    queryFn: ({ signal }) => ask<NamedModelDetails>(`/api/registry/model${query({ name })}`, signal),
    refetchInterval: refreshMs,
    enabled: isOn,
  });
}

/** Changes something of the registry, and has all that shows it asked for again. */
export function useChange() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: { method: "PATCH" | "PUT" | "DELETE"; path: string; body?: unknown }) => send(method, path, body),
    onSuccess: () =>
      Promise.all(["model", "/api/models", "/api/registry"].map((key) => cache.invalidateQueries({ queryKey: [key] }))),
  });
}
