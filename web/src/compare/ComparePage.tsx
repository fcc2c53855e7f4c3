import { useMemo, useRef, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import type { ComparedRun } from "../api/compare.ts";
import { hasEnded } from "../api/runs.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { exploreAddress } from "../explore/view.ts";
import { ScalarBar } from "../scalars/ScalarBar.tsx";
import { ScalarGrid } from "../scalars/ScalarGrid.tsx";
import { matcher, useScalarView } from "../scalars/view.ts";
import { Empty } from "../ui/Empty.tsx";
import { Problem } from "../ui/Problem.tsx";
import { useTitle } from "../ui/useTitle.ts";
import { withParam } from "../ui/withParam.ts";
import { CodeOfPair } from "./CodeOfPair.tsx";
import { CompareTable } from "./CompareTable.tsx";
import { FilesOfPair } from "./FilesOfPair.tsx";
import { partsOf } from "./table.ts";
import "../run/run.css";
import "../scalars/scalars.css";
import "./compare.css";

/** While one of them goes on. */
const refreshMs = 5_000;

/** The digits open them. */
const views = [
  { show: "table", title: "What differs" },
  { show: "curves", title: "Curves" },
  { show: "files", title: "Input files" },
  { show: "code", title: "Code" },
] as const;

/** 2 to 50 runs side by side: what differs, and their curves over each other. */
export function ComparePage() {
  const [params, setParams] = useSearchParams();
  const ids = params.getAll("run");
  const shown = views.find((one) => one.show === params.get("show")) ?? views[0];
  const runs = useQuery({
    queryKey: ["compare", ids],
    queryFn: async ({ signal }) => (await ask<{ runs: ComparedRun[] }>(`/api/compare${query({ run: ids })}`, signal)).runs,
    enabled: ids.length > 0,
    refetchInterval: (state) => (state.state.data?.every((one) => hasEnded(one.run.status)) ? false : refreshMs),
  });
  useTitle(`Compare ${ids.length} runs`);
  const show = (what: string) => setParams((now) => withParam(now, "show", what === "table" ? "" : what));
  const remove = (id: string) =>
    setParams((now) => {
      const changed = new URLSearchParams([...now].filter(([name, value]) => name !== "run" || value !== id));
      return changed;
    });
  useShortcuts(views.map((view, at) => ({ keys: String(at + 1), label: view.title, group: "Compare", run: () => show(view.show) })));
  if (ids.length < 2) {
    return (
      <Empty title="Nothing to compare">
        <p>
          Select two runs or more in the table of runs (<kbd>x</kbd>), and press <kbd>c</kbd>.
        </p>
      </Empty>
    );
  }

  return (
    <div className="run compare">
      <header>
        <div className="spread">
          <h1>Compare {runs.data?.length ?? ids.length} runs</h1>
          <Link to={exploreAddress({ project: "", filter: "", search: "", isArchive: false }, ids, [])}>explore them</Link>
        </div>
      </header>
      <nav className="tabs" aria-label="Of this comparison">
        {views.map((view) => (
          <button key={view.show} type="button" className={view === shown ? "active" : undefined} aria-pressed={view === shown} onClick={() => show(view.show)}>
            {view.title}
          </button>
        ))}
      </nav>
      <Problem error={runs.error} onRetry={() => void runs.refetch()} />
      {runs.data && shown.show === "table" && <Differences runs={runs.data} onRemove={remove} />}
      {runs.data && shown.show === "curves" && <Curves runs={runs.data} />}
      {runs.data && shown.show === "files" && <FilesOfPair runs={runs.data} />}
      {runs.data && shown.show === "code" && <CodeOfPair runs={runs.data} />}
    </div>
  );
}

function Differences({ runs, onRemove }: { runs: ComparedRun[]; onRemove: (id: string) => void }) {
  const [params, setParams] = useSearchParams();
  const showsEqual = params.has("equal");
  const parts = useMemo(() => partsOf(runs), [runs]);
  const toggle = () => setParams((now) => withParam(now, "equal", showsEqual ? "" : "1"));
  return (
    <div className="fill">
      <div className="bar">
        <label>
          <input type="checkbox" checked={showsEqual} onChange={toggle} /> Show rows that are equal
        </label>
      </div>
      <CompareTable runs={runs.map((one) => one.run)} parts={parts} showsEqual={showsEqual} onRemove={onRemove} />
    </div>
  );
}

function Curves({ runs }: { runs: ComparedRun[] }) {
  const [view, change] = useScalarView();
  const field = useRef<HTMLInputElement>(null);
  useShortcuts([{ keys: "/", label: "Filter keys", group: "Compare", run: () => field.current?.focus() }]);
  const curved = useStable(
    runs.map(({ run }) => ({ id: run.id, name: run.name || run.id.slice(0, 8), started: run.started, cacheKey: ["compare"] })),
  );
  const names = useStable([...new Set(runs.flatMap((one) => one.metrics.filter((metric) => metric.count > 0).map((metric) => metric.key)))]);
  const keys = useMemo(() => names.filter(matcher(view.filter)), [names, view.filter]);
  return (
    <div className="fill">
      <ScalarBar view={view} onChange={change} field={field} />
      <ScalarGrid keys={keys} runs={curved} view={view} onZoom={(zoom) => change({ zoom })} />
    </div>
  );
}

/** The value as it was first, as long as it says the same: the answer comes anew every few seconds. */
function useStable<T>(value: T): T {
  const [kept, keep] = useState(value);
  if (kept !== value && JSON.stringify(kept) !== JSON.stringify(value)) {
    keep(value);
    return value;
  }

  return kept;
}
