import { useSearchParams } from "react-router";

/** What the address of the page says. */
export interface PipelineView {
  project: string;
  search: string;
  isList: boolean;
  /** The node that is looked at, "project/name". */
  at: string;
}

const names = { project: "project", search: "q", at: "at" } as const;

export function readView(params: URLSearchParams): PipelineView {
  return {
    project: params.get("project") ?? "",
    search: params.get("q") ?? "",
    isList: params.get("view") === "list",
    at: params.get("at") ?? "",
  };
}

export function writeView(view: PipelineView): URLSearchParams {
  const params = new URLSearchParams();
  for (const [field, name] of Object.entries(names) as [keyof typeof names, string][]) {
    if (view[field]) {
      params.set(name, view[field]);
    }
  }

  if (view.isList) {
    params.set("view", "list");
  }

  return params;
}

export function usePipelineView(): [PipelineView, (part: Partial<PipelineView>) => void] {
  const [params, setParams] = useSearchParams();
  const change = (part: Partial<PipelineView>) =>
    setParams((now) => writeView({ ...readView(now), ...part }), { replace: !("project" in part || "isList" in part) });
  return [readView(params), change];
}
