import { useMemo, useRef } from "react";
import { Link } from "react-router";
import { useShortcuts } from "../app/shortcuts.ts";
import { Command } from "../ui/Code.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Icon } from "../ui/Icon.tsx";
import { grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { useTitle } from "../ui/useTitle.ts";
import { GraphView } from "./graph/GraphView.tsx";
import { graphOf } from "./graph/nodes.ts";
import { NodePanel } from "./NodePanel.tsx";
import { PipelineTable } from "./PipelineTable.tsx";
import { usePipelines } from "./usePipelines.ts";
import { usePipelineView } from "./view.ts";
import "./pipelines.css";

/** What follows from which data: the repos and pipelines as a graph, or the pipelines as a list, live. */
export function PipelinesPage() {
  const [view, change] = usePipelineView();
  const list = usePipelines(view.project);
  const field = useRef<HTMLInputElement>(null);
  useTitle(view.project ? `Pipelines of ${view.project}` : "Pipelines");
  useShortcuts([
    { keys: "/", label: "Search", group: "Pipelines", run: () => field.current?.focus() },
    { keys: "v", label: "Graph or list", group: "Pipelines", run: () => change({ isList: !view.isList }) },
  ]);
  const pipelines = list.data?.pipelines;
  const graph = useMemo(() => graphOf(pipelines ?? []), [pipelines]);
  const sought = view.search.trim().toLowerCase();
  const found = useMemo(
    () => (sought ? new Set(graph.nodes.flatMap((node, number) => (node.id.toLowerCase().includes(sought) ? [number] : []))) : undefined),
    [graph, sought],
  );
  const at = graph.numberOf.get(view.at);
  const next = () => {
    const numbers = [...(found ?? [])];
    const node = graph.nodes[numbers.find((number) => number > (at ?? -1)) ?? numbers[0] ?? -1];
    if (node) {
      change({ at: node.id });
    }
  };
  return (
    <div className="pipelines">
      <header className="bar">
        <h1>Pipelines</h1>
        <span className="hint" role="status">
          {list.data && (found ? `${grouped(found.size)} found` : grouped(list.data.count))}
        </span>
        <select aria-label="Project" value={view.project} onChange={(event) => change({ project: event.target.value, at: "" })}>
          <option value="">All projects</option>
          {view.project && !list.data?.projects.includes(view.project) && <option value={view.project}>{view.project}</option>}
          {list.data?.projects.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <SearchField
          label="Search pipelines and repos"
          placeholder="Name  ( / )"
          title="Enter goes to the next that was found"
          value={view.search}
          field={field}
          onChange={(search) => change({ search })}
          onEnter={next}
        />
        <span className="choice" role="group" aria-label="Show as">
          <button type="button" aria-pressed={!view.isList} onClick={() => change({ isList: false })}>
            <Icon name="graph" /> Graph
          </button>
          <button type="button" aria-pressed={view.isList} onClick={() => change({ isList: true })}>
            <Icon name="list" /> List
          </button>
        </span>
        <Link className="button new" to="/pipelines/new">
          New pipeline
        </Link>
      </header>
      <Problem error={list.error} onRetry={() => void list.refetch()} />
      {pipelines?.length === 0 ? (
        <NoPipelines />
      ) : view.isList ? (
        <PipelineTable
          pipelines={(pipelines ?? []).filter((one) => `${one.project}/${one.name}`.toLowerCase().includes(sought))}
          showsProject={!view.project && (list.data?.projects.length ?? 0) > 1}
        />
      ) : (
        <div className="paper">
          {pipelines && <GraphView key={view.project} graph={graph} at={view.at} found={found} onAt={(id) => change({ at: id })} />}
          {at !== undefined && <NodePanel graph={graph} at={at} onAt={(id) => change({ at: id })} />}
        </div>
      )}
    </div>
  );
}

function NoPipelines() {
  return (
    <Empty title="There are no pipelines here">
      <p>
        A pipeline runs a program on what is committed to repos, again only for what changed. <Link to="/pipelines/new">Make one here</Link>, or from a file:
      </p>
      <Command text="braid create pipeline -f pipeline.json" />
    </Empty>
  );
}
