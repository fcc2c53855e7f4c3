import { useRef, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { SelectionBar } from "../actions/SelectionBar.tsx";
import { useShortcuts } from "../app/shortcuts.ts";
import { exploreAddress, mostChosen } from "../explore/view.ts";
import { grouped } from "../ui/number.ts";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";
import { useTitle } from "../ui/useTitle.ts";
import { ColumnChooser } from "./ColumnChooser.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { NoRuns } from "./NoRuns.tsx";
import { RunTable } from "./RunTable.tsx";
import { useRunCount, useRunPages } from "./useRuns.ts";
import { keepColumns, keptColumns, readView, writeView, type RunView } from "./view.ts";
import "./runs.css";

/** More than this many runs are no comparison. */
const mostCompared = 50;

/** All runs in one table: the server sorts, filters and searches; the address says how. */
export function RunsPage() {
  const [params, setParams] = useSearchParams();
  const view = readView(params, keptColumns);
  const change = (part: Partial<RunView>) => setParams(writeView({ ...view, ...part }), { replace: "columns" in part });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isChoosing, setChoosing] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const pages = useRunPages(view);
  const count = useRunCount(view);
  useTitle(view.project ? `Runs of ${view.project}` : "Runs");
  const compare = () => {
    if (chosen.size > 1) {
      void navigate(`/compare?${[...chosen].slice(0, mostCompared).map((id) => `run=${id}`).join("&")}`);
    }
  };
  const explore = exploreAddress(view, chosen, view.columns);
  useShortcuts([
    { keys: "/", label: "Search and filter", group: "Runs", run: () => search.current?.focus() },
    { keys: "c", label: "Compare the selected runs", group: "Runs", run: compare },
    { keys: "o", label: "Explore the selected runs, or all that match", group: "Runs", run: () => void navigate(explore) },
    { keys: "v", label: "Choose columns", group: "Runs", run: () => setChoosing(true) },
  ]);
  const setColumns = (columns: string[]) => {
    keepColumns(view.project, columns);
    change({ columns });
  };
  const runs = pages.data?.pages.flatMap((page) => page.runs);
  const selected = [...chosen].map((id) => ({ id, name: runs?.find((run) => run.id === id)?.name || id.slice(0, 8) }));
  return (
    <div className="runs">
      <header className="bar">
        <h1>Runs</h1>
        <span className="hint" role="status">
          {count.data !== undefined && grouped(count.data.count)}
        </span>
        <FilterBar view={view} onChange={change} searchField={search} />
        <button type="button" onClick={() => setChoosing(true)} title="Choose columns (v)">
          <Icon name="columns" /> Columns
        </button>
        <button type="button" disabled={chosen.size < 2} onClick={compare} title="Compare the selected runs (c)">
          <Icon name="compare" /> Compare{chosen.size > 0 && ` ${chosen.size}`}
        </button>
        <Link className="button" to={explore} title="Parameters and metrics of many runs at once (o)">
          <Icon name="explore" /> Explore{chosen.size > 0 && ` ${chosen.size > mostChosen ? `${mostChosen} of ` : ""}${chosen.size}`}
        </Link>
        <button type="button" aria-pressed={view.isArchive} onClick={() => change({ isArchive: !view.isArchive })} title="Runs that were put away">
          Archived
        </button>
      </header>
      {selected.length > 0 && (
        <SelectionBar
          runs={selected}
          isArchive={view.isArchive}
          onGone={(gone) => setChosen(new Set([...chosen].filter((id) => !gone.includes(id))))}
          onClear={() => setChosen(new Set())}
        />
      )}
      <Problem error={pages.error} onRetry={() => void pages.refetch()} />
      {runs?.length === 0 ? (
        <NoRuns isNarrowed={!!(view.filter || view.search || view.project || view.isArchive)} onClear={() => change({ filter: "", search: "", project: "", isArchive: false })} />
      ) : (
        <RunTable
          runs={runs ?? []}
          columns={view.columns}
          sort={view.sort}
          count={count.data?.count}
          chosen={chosen}
          onChoose={setChosen}
          onSort={(sort) => change({ sort })}
          onEnd={() => void (pages.hasNextPage && !pages.isFetchingNextPage && pages.fetchNextPage())}
        />
      )}
      {isChoosing && <ColumnChooser project={view.project} columns={view.columns} onChange={setColumns} onClose={() => setChoosing(false)} />}
    </div>
  );
}
