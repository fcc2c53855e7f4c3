import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useQueryClient } from "@tanstack/react-query";
import { query, send } from "../api/ask.ts";
import type { Workload } from "../api/shares.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Confirm } from "../ui/Confirm.tsx";
import { Empty } from "../ui/Empty.tsx";
import { grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { Segments } from "../ui/Segments.tsx";
import { took } from "../ui/time.ts";
import { ExplanationPanel } from "./ExplanationPanel.tsx";
import { stateSign } from "./prospects.ts";
import { shown } from "./resources.ts";
import { mostWork, useShares, useWork } from "./useQueues.ts";

const states = [
  { value: "", title: "All" },
  { value: "pending", title: "Waiting" },
  { value: "running", title: "Running" },
  { value: "suspended", title: "Suspended" },
] as const;

/** What runs and waits on the machines; of the one that is chosen, everything that is in its way. */
export function WorkTab() {
  const [params, setParams] = useSearchParams();
  const [project, state, chosen] = [params.get("project") ?? "", params.get("state") ?? "", params.get("work") ?? ""];
  const work = useWork(project);
  const [isEnding, setEnding] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const cache = useQueryClient();
  const set = (part: Record<string, string>) => {
    const next = { project, state, work: chosen, ...part };
    setParams(query(next), { replace: true });
  };
  const all = work.data?.workloads ?? [];
  const rows = all.filter((one) => state === "" || one.state === state).toSorted(byUrgency);
  const at = rows.findIndex((one) => one.id === chosen);
  const here = rows[at];
  const refresh = () => cache.invalidateQueries({ queryKey: ["work"] });
  const change = (method: "POST" | "DELETE", path: string) => send(method, `/api/workloads/${here?.id}${path}`).then(refresh);
  const toggle = () => {
    if (here) {
      change("POST", here.state === "suspended" ? "/resume" : "/suspend").then(() => setProblem(undefined), setProblem);
    }
  };
  const move = (step: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next) {
      set({ work: next.id });
    }
  };
  useShortcuts([
    { keys: "j", label: "Next", group: "Work", run: () => move(1) },
    { keys: "k", label: "Previous", group: "Work", run: () => move(-1) },
    { keys: "s", label: "Suspend or resume", group: "Work", run: toggle },
    { keys: "Delete", label: "End it", group: "Work", run: () => setEnding(here !== undefined) },
    { keys: "Escape", label: "Close", group: "Work", run: () => set({ work: "" }) },
  ]);
  if (work.data?.total === 0 && !project) {
    return (
      <Empty title="Nothing runs or waits">
        <p>
          <code>braid submit train -g 1 -- python3 train.py</code> submits work, and so do queued tasks and distributed jobs.
        </p>
      </Empty>
    );
  }

  return (
    <div className="split">
      <div>
        <div className="bar">
          <Segments label="State" options={states} value={state as ""} onChange={(value) => set({ state: value, work: "" })} />
          <ProjectChoice value={project} onChange={(value) => set({ project: value, work: "" })} />
          <span className="hint" role="status">
            {grouped(rows.length)}
            {work.data && work.data.total > mostWork && ` of the newest ${mostWork}; there are ${grouped(work.data.total)}`}
          </span>
        </div>
        <Problem error={work.error ?? problem} onRetry={() => void work.refetch()} />
        <WorkTable rows={rows} chosen={chosen} onChoose={(id) => set({ work: id })} />
      </div>
      {here && (
        <ExplanationPanel workload={here} onToggle={toggle} onEnd={() => setEnding(true)} onClose={() => set({ work: "" })} />
      )}
      {isEnding && here && (
        <Confirm title={`End ${here.name}`} action="End it" onClose={() => setEnding(false)} onConfirm={() => change("DELETE", "")}>
          <p>
            <b>{here.name}</b> of project {here.project} {here.state === "running" ? "gives its places back" : "does not start any more"}. Its run stays, with
            everything that it logged.
          </p>
        </Confirm>
      )}
    </div>
  );
}

/** What waits first, the most important and oldest before the others. */
function byUrgency(one: Workload, other: Workload): number {
  const rank = (work: Workload) => (work.state === "pending" ? 0 : work.state === "suspended" ? 2 : 1);
  return rank(one) - rank(other) || other.priority - one.priority || one.created.localeCompare(other.created);
}

function ProjectChoice({ value, onChange }: { value: string; onChange: (project: string) => void }) {
  const shares = useShares();
  const names = (shares.data ?? []).filter((share) => !share.is_department).map((share) => share.name);
  return (
    <select aria-label="Project" value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">All projects</option>
      {value && !names.includes(value) && <option value={value}>{value}</option>}
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}

function WorkTable({ rows, chosen, onChoose }: { rows: readonly Workload[]; chosen: string; onChoose: (id: string) => void }) {
  return (
    <div className="across">
      <table className="dense work">
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Name</th>
            <th scope="col">Project</th>
            <th scope="col" className="number">GPU</th>
            <th scope="col" className="number">CPU</th>
            <th scope="col" className="number">Memory</th>
            <th scope="col" className="number">Priority</th>
            <th scope="col">Since</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((work) => (
            <tr key={work.id} aria-selected={work.id === chosen} onClick={() => onChoose(work.id)}>
              <td>
                <State of={work.state} />
              </td>
              <th scope="row">
                <Link to={query({ ...Object.fromEntries(new URLSearchParams(location.search)), work: work.id })} replace onClick={(event) => event.stopPropagation()}>
                  {work.name}
                </Link>
              </th>
              <td>{work.project}</td>
              <td className="number">{shown(work.wanted.gpus, "gpu")}</td>
              <td className="number">{shown(work.wanted.cpu_millicores, "cpu")}</td>
              <td className="number">{work.wanted.memory_bytes > 0 && shown(work.wanted.memory_bytes, "memory")}</td>
              <td className="number">{work.priority}</td>
              <td className="hint">{took(work.started ?? work.created, null)}</td>
              <td className="hint why" title={work.message}>
                {work.message}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="hint none">Nothing here.</p>}
    </div>
  );
}

export function State({ of }: { of: string }) {
  const { sign, status } = stateSign(of);
  return (
    <span className={`status ${status}`}>
      <span aria-hidden="true">{sign}</span> {of === "pending" ? "waiting" : of.replaceAll("_", " ")}
    </span>
  );
}
