import { useEffect, useRef, type FormEvent, type RefObject } from "react";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import type { ProjectSummary } from "../api/runs.ts";
import { put } from "../ui/put.ts";
import type { RunView } from "./view.ts";

interface FilterBarProps {
  view: RunView;
  onChange: (part: Partial<RunView>) => void;
  searchField: RefObject<HTMLInputElement | null>;
}

const example = "metrics.loss < 0.5 AND params.optimizer = 'adam' AND status = 'completed'";

/** Project, search and filter. What is typed counts when Enter is pressed. */
export function FilterBar({ view, onChange, searchField }: FilterBarProps) {
  const filterField = useRef<HTMLInputElement>(null);
  // The fields are the browser's own; a view that came otherwise (back, a link) is put into them.
  useEffect(() => {
    put(searchField.current, view.search);
    put(filterField.current, view.filter);
  }, [searchField, view.search, view.filter]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange({ search: searchField.current?.value.trim() ?? "", filter: filterField.current?.value.trim() ?? "" });
  };
  return (
    <form className="filters" onSubmit={submit}>
      <ProjectChoice value={view.project} onChange={(project) => onChange({ project })} />
      <input
        ref={searchField}
        type="search"
        aria-label="Search by name, id or label"
        placeholder="Name, id, label  ( / )"
        defaultValue={view.search}
      />
      <input
        ref={filterField}
        type="search"
        className="mono filter"
        aria-label="Filter"
        title={`MLflow's filters, as in: ${example}`}
        placeholder={example}
        spellCheck={false}
        defaultValue={view.filter}
      />
      <button type="submit" className="unseen">
        Apply
      </button>
    </form>
  );
}

function ProjectChoice({ value, onChange }: { value: string; onChange: (project: string) => void }) {
  const projects = useQuery({
    queryKey: ["projects"],
    queryFn: ({ signal }) => ask<{ projects: ProjectSummary[] }>("/api/projects", signal),
    staleTime: 30_000,
  });
  const names = projects.data?.projects ?? [];
  return (
    <select aria-label="Project" value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">All projects</option>
      {value && !names.some((one) => one.name === value) && <option value={value}>{value}</option>}
      {names.map((one) => (
        <option key={one.name} value={one.name}>
          {one.name} ({one.runs})
        </option>
      ))}
    </select>
  );
}
