import { useMemo, useRef } from "react";
import { useSearchParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import type { SampleList } from "../api/plots.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { useShownRun } from "../run/useRun.ts";
import { matcher } from "../scalars/view.ts";
import { Empty } from "../ui/Empty.tsx";
import { Problem } from "../ui/Problem.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { Group } from "./Group.tsx";
import { groupsOf } from "./samples.ts";
import "./samples.css";

/** Images, sounds, videos and pages that a run reported on its way, by metric, variant and iteration. */
export function SamplesTab() {
  const { run } = useShownRun();
  const [params, setParams] = useSearchParams();
  const filter = params.get("sample") ?? "";
  const at = params.has("iteration") ? Number(params.get("iteration")) : undefined;
  const field = useRef<HTMLInputElement>(null);
  const list = useQuery({
    queryKey: ["run", run.id, "samples"],
    queryFn: async ({ signal }) => (await ask<SampleList>(`/api/runs/${run.id}/samples`, signal)).samples,
  });
  const groups = useMemo(() => groupsOf(list.data ?? [], matcher(filter)), [list.data, filter]);
  const put = (name: string, value: string) =>
    setParams(
      (now) => {
        const changed = new URLSearchParams(now);
        if (value) {
          changed.set(name, value);
        } else {
          changed.delete(name);
        }

        return changed;
      },
      { replace: true },
    );
  useShortcuts([{ keys: "/", label: "Filter samples", group: "Samples", run: () => field.current?.focus() }]);
  if (list.data?.length === 0) {
    return (
      <Empty title="No sample was reported">
        <p>
          ClearML&rsquo;s logger reports them (<code>report_image</code>, <code>report_media</code>), and TensorBoard&rsquo;s images and sounds become samples, too.
        </p>
      </Empty>
    );
  }

  return (
    <div className="fill">
      <div className="bar">
        <SearchField field={field} label="Filter samples" placeholder="Filter samples, or /regex/  ( / )" value={filter} onChange={(text) => put("sample", text)} />
        {at !== undefined && (
          <button type="button" onClick={() => put("iteration", "")}>
            Newest of each
          </button>
        )}
      </div>
      <Problem error={list.error} />
      <div className="samples">
        {groups.map((group) => (
          <Group key={group.metric} run={run.id} group={group} at={at} onIteration={(iteration) => put("iteration", String(iteration))} />
        ))}
      </div>
    </div>
  );
}
