import { useMemo, useRef, useState } from "react";
import { Link, useNavigate } from "react-router";
import type { RunRow } from "../api/runs.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { useDark } from "../chart/useDark.ts";
import { ColumnChooser } from "../runs/ColumnChooser.tsx";
import { FilterBar } from "../runs/FilterBar.tsx";
import { usualColumns, writeView } from "../runs/view.ts";
import { Empty } from "../ui/Empty.tsx";
import { Icon } from "../ui/Icon.tsx";
import { grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { Segments } from "../ui/Segments.tsx";
import { useTitle } from "../ui/useTitle.ts";
import { axisOf, type Axis } from "./axes.ts";
import { coloursOf } from "./colours.ts";
import { Legend } from "./Legend.tsx";
import { inOrder, shownOf } from "./lines.ts";
import { Parallel, type PlotProps } from "./Parallel.tsx";
import { mostListed, RunPanel } from "./RunPanel.tsx";
import { Scatter } from "./Scatter.tsx";
import { useAxes, useExplored, valueOf, type Explored } from "./useExplored.ts";
import { useExploreView, type ExploreView } from "./view.ts";
import "../runs/runs.css";
import "./explore.css";

const mostCompared = 50;
const kinds = [
  { value: "parallel", title: "Parallel" },
  { value: "scatter", title: "Scatter" },
] as const;

/** Which parameters lead to which results: many runs at once, as lines across axes or as points over two. */
export function ExplorePage() {
  const [view, change] = useExploreView();
  const explored = useExplored(view);
  const axes = useAxes(view, explored.data);
  const [isChoosing, setChoosing] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  useTitle("Explore runs");
  useShortcuts([
    { keys: "/", label: "Search and filter", group: "Explore", run: () => search.current?.focus() },
    { keys: "v", label: "Choose axes", group: "Explore", run: () => setChoosing(true) },
    { keys: "1", label: "Parallel axes", group: "Explore", run: () => change({ isScatter: false }) },
    { keys: "2", label: "Scatter", group: "Explore", run: () => change({ isScatter: true }) },
    { keys: "0", label: "Show all runs again", group: "Explore", run: () => change({ brushes: {} }) },
  ]);
  const columns = axes.map((axis) => axis.column);
  return (
    <div className="runs explore">
      <header className="bar">
        <h1>Explore</h1>
        <FilterBar view={{ ...view, sort: "-created", columns: usualColumns }} onChange={(part) => change(narrowed(part))} searchField={search} />
        <button type="button" onClick={() => setChoosing(true)} title="Choose axes (v)">
          <Icon name="columns" /> Axes
        </button>
        <Segments label="Drawn as" options={kinds} value={view.isScatter ? "scatter" : "parallel"} onChange={(kind) => change({ isScatter: kind === "scatter" })} />
      </header>
      <Problem error={explored.error} onRetry={() => void explored.refetch()} />
      {explored.isPending && !explored.error && (
        <p className="hint loading" role="status">
          Reading runs …
        </p>
      )}
      {explored.data && <Explorer view={view} change={change} explored={explored.data} axes={axes} />}
      {isChoosing && <ColumnChooser project={view.project} columns={columns.length > 0 ? columns : ["took"]} onChange={(chosen) => change({ axes: chosen })} onClose={() => setChoosing(false)} />}
    </div>
  );
}

interface ExplorerProps {
  view: ExploreView;
  change: (part: Partial<ExploreView>) => void;
  explored: Explored;
  axes: Axis[];
}

function Explorer({ view, change, explored: { runs, count }, axes }: ExplorerProps) {
  const navigate = useNavigate();
  const isDark = useDark();
  const [at, setAt] = useState<number>();
  const axis = (column: string) => axes.find((one) => one.column === column) ?? axisOf(column, runs.map((run) => valueOf(run, column)), view.logs.includes(column));
  const colour = view.colour ? axis(view.colour) : (axes.findLast((one) => one.column.startsWith("metrics.")) ?? axes.at(-1));
  const [x, y] = [view.x ? axis(view.x) : axes[0], view.y ? axis(view.y) : (axes.at(-1) ?? axes[0])];
  const shown = useMemo(() => shownOf(axes, view.brushes, runs.length), [axes, view.brushes, runs.length]);
  const colours = useMemo(() => coloursOf(colour, runs.length, isDark), [colour, runs.length, isDark]);
  const listed = useMemo(() => inOrder(shown, colour, view.isLowFirst).slice(0, mostListed), [shown, colour, view.isLowFirst]);
  const move = (step: number) => setAt(listed[Math.min(listed.length - 1, Math.max(0, (at === undefined ? -step : listed.indexOf(at)) + step))]);
  const open = (run: number) => runs[run] && void navigate(`/runs/${runs[run].id}`);
  useShortcuts([
    { keys: "j", label: "Next run", group: "Explore", run: () => move(1) },
    { keys: "k", label: "Previous run", group: "Explore", run: () => move(-1) },
    { keys: "Enter", label: "Open the run", group: "Explore", run: () => at !== undefined && open(at) },
    { keys: "c", label: "Compare the runs within the brushes", group: "Explore", run: () => shown.length > 1 && void navigate(compareAddress(shown, runs)) },
  ]);
  if (runs.length === 0) {
    return <Empty title="No run matches" />;
  }

  if (axes.length < 2 || !x || !y) {
    return (
      <Empty title="Nothing to draw yet">
        <p>These runs do not differ in what they logged. Choose two axes or more (v).</p>
      </Empty>
    );
  }

  const plot: Omit<PlotProps, "axes"> = {
    colours,
    shown,
    brushes: view.brushes,
    at,
    onAt: setAt,
    onOpen: open,
    onBrush: (column, brush) => change({ brushes: brush ? { ...view.brushes, [column]: brush } : Object.fromEntries(Object.entries(view.brushes).filter(([name]) => name !== column)) }),
  };
  const toggleLog = (column: string) => change({ logs: view.logs.includes(column) ? view.logs.filter((one) => one !== column) : [...view.logs, column] });
  return (
    <>
      <div className="bar tools">
        <span role="status">
          {grouped(shown.length)} of {grouped(runs.length)} runs
          {count > runs.length && <span className="hint"> (the newest of {grouped(count)})</span>}
        </span>
        {Object.keys(view.brushes).length > 0 && (
          <button type="button" className="link" onClick={() => change({ brushes: {} })}>
            show all
          </button>
        )}
        {view.isScatter && <AxisChoice label="Across" axes={axes} value={x.column} onChange={(column) => change({ x: column })} />}
        {view.isScatter && <AxisChoice label="Up" axes={axes} value={y.column} onChange={(column) => change({ y: column })} />}
        {colour && <AxisChoice label="Colour" axes={axes} value={colour.column} onChange={(column) => change({ colour: column })} />}
        {colour && <Legend axis={colour} />}
        <span className="ways">
          <Link to={`/runs?${writeView({ ...view, sort: "-created", columns: ["status", "name", ...axes.map((one) => one.column)] }).toString()}`}>as a table</Link>
          {shown.length > 1 && <Link to={compareAddress(shown, runs)}>compare {shown.length > mostCompared ? `the first ${mostCompared}` : shown.length}</Link>}
        </span>
      </div>
      <div className="stage">
        {view.isScatter ? (
          <Scatter {...plot} x={x} y={y} onBrushes={(brushes) => change({ brushes: { ...view.brushes, ...brushes } })} />
        ) : (
          <Parallel {...plot} axes={axes} onLog={toggleLog} onDrop={(column) => change({ axes: axes.map((one) => one.column).filter((one) => one !== column) })} />
        )}
        <RunPanel runs={runs} listed={listed} count={shown.length} axes={axes} colour={colour} colours={colours} at={at} isLowFirst={view.isLowFirst} onAt={setAt} onOrder={() => change({ isLowFirst: !view.isLowFirst })} />
      </div>
    </>
  );
}

function AxisChoice({ label, axes, value, onChange }: { label: string; axes: Axis[]; value: string; onChange: (column: string) => void }) {
  return (
    <label>
      {label}{" "}
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {!axes.some((axis) => axis.column === value) && <option value={value}>{value}</option>}
        {axes.map((axis) => (
          <option key={axis.column} value={axis.column}>
            {axis.title} {axis.kind && axis.kind !== "last" && axis.kind !== "param" ? `(${axis.kind})` : ""}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What the filter says; other runs are other brushes. */
function narrowed(part: Partial<ExploreView>): Partial<ExploreView> {
  const { project, filter, search } = part;
  return { ...(project === undefined ? {} : { project, runs: [], axes: [], brushes: {} }), ...(filter === undefined ? {} : { filter }), ...(search === undefined ? {} : { search }) };
}

function compareAddress(shown: number[], runs: RunRow[]): string {
  return `/compare?${shown
    .slice(0, mostCompared)
    .map((run) => `run=${runs[run]?.id ?? ""}`)
    .join("&")}`;
}
