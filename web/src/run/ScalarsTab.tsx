import { useMemo, useRef } from "react";
import { useShortcuts } from "../app/shortcuts.ts";
import { ScalarBar } from "../scalars/ScalarBar.tsx";
import { ScalarGrid } from "../scalars/ScalarGrid.tsx";
import { isOfMachine, matcher, useScalarView } from "../scalars/view.ts";
import { Empty } from "../ui/Empty.tsx";
import { grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { useMetrics, useShownRun } from "./useRun.ts";
import "../scalars/scalars.css";

/** A chart for each metric of the run, live. */
export function ScalarsTab() {
  const { run } = useShownRun();
  const [view, change] = useScalarView();
  const field = useRef<HTMLInputElement>(null);
  const metrics = useMetrics(run.id);
  useShortcuts([
    { keys: "/", label: "Filter keys", group: "Scalars", run: () => field.current?.focus() },
    { keys: "l", label: "Logarithmic or not", group: "Scalars", run: () => change({ isLog: !view.isLog }) },
    { keys: "0", label: "Show all of x", group: "Scalars", run: () => change({ zoom: undefined }) },
  ]);
  // The list comes anew with each change of the run; charts are laid out anew only when there are other keys.
  const names = metrics.data?.map((metric) => metric.key).filter((key) => !isOfMachine(key)).join("\n");
  const learnt = useMemo(() => (names ? names.split("\n") : []), [names]);
  const keys = useMemo(() => learnt.filter(matcher(view.filter)), [learnt, view.filter]);
  const { id, name, started } = run;
  const runs = useMemo(() => [{ id, name, started, cacheKey: ["run", id] }], [id, name, started]);
  if (metrics.data && learnt.length === 0) {
    return <Empty title="No metric was logged yet">Curves appear here while they are logged.</Empty>;
  }

  return (
    <div className="fill">
      <ScalarBar view={view} onChange={change} field={field}>
        <span className="hint" role="status">
          {metrics.data && `${grouped(keys.length)} of ${grouped(learnt.length)}`}
        </span>
      </ScalarBar>
      <Problem error={metrics.error} />
      <ScalarGrid keys={keys} runs={runs} view={view} onZoom={(zoom) => change({ zoom })} />
    </div>
  );
}
