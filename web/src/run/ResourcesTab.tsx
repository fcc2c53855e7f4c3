import { useMemo, useRef } from "react";
import { useShortcuts } from "../app/shortcuts.ts";
import { ScalarBar } from "../scalars/ScalarBar.tsx";
import { ScalarGrid } from "../scalars/ScalarGrid.tsx";
import { isOfMachine, matcher, useScalarView } from "../scalars/view.ts";
import { Empty } from "../ui/Empty.tsx";
import { Problem } from "../ui/Problem.tsx";
import { useMetrics, useShownRun } from "./useRun.ts";
import "../scalars/scalars.css";

/** What the machine did meanwhile: processors, memory, GPUs, disks and network, by the time since the start. */
export function ResourcesTab() {
  const { run } = useShownRun();
  const [view, change] = useScalarView("relative");
  const field = useRef<HTMLInputElement>(null);
  const metrics = useMetrics(run.id);
  useShortcuts([
    { keys: "/", label: "Filter keys", group: "Resources", run: () => field.current?.focus() },
    { keys: "0", label: "Show all of x", group: "Resources", run: () => change({ zoom: undefined }) },
  ]);
  const names = metrics.data?.map((metric) => metric.key).filter(isOfMachine).join("\n");
  const keys = useMemo(() => (names ? names.split("\n").filter(matcher(view.filter)) : []), [names, view.filter]);
  const { id, name, started } = run;
  const runs = useMemo(() => [{ id, name, started, cacheKey: ["run", id] }], [id, name, started]);
  if (metrics.data && !names) {
    return (
      <Empty title="Nothing was measured of the machine">
        <p>
          ClearML's client measures it by itself once a run takes longer than a few minutes; MLflow's after <code>mlflow.enable_system_metrics_logging()</code>.
        </p>
      </Empty>
    );
  }

  return (
    <div className="fill">
      <ScalarBar view={view} onChange={change} field={field} />
      <Problem error={metrics.error} />
      <ScalarGrid keys={keys} runs={runs} view={view} onZoom={(zoom) => change({ zoom })} />
    </div>
  );
}
