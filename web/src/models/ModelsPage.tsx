import { useRef, useState, type ReactNode } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import { pathOfName, type ModelPage, type ModelSummary, type NamedModel, type NamedModelPage } from "../api/models.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Command } from "../ui/Code.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Problem } from "../ui/Problem.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { Segments } from "../ui/Segments.tsx";
import { useTitle } from "../ui/useTitle.ts";
import { When } from "../ui/When.tsx";
import { Alias, Stage } from "./Marks.tsx";
import "./models.css";

const kinds = [
  { value: "names", title: "Registered" },
  { value: "all", title: "Every model" },
] as const;

type Kind = (typeof kinds)[number]["value"];

const refreshMs = 5000;

/** The registry: names with their versions, or every model that was ever logged, whichever client did. */
export function ModelsPage() {
  const [params, setParams] = useSearchParams();
  const kind: Kind = params.get("show") === "all" ? "all" : "names";
  const text = params.get("q") ?? "";
  const search = useRef<HTMLInputElement>(null);
  useTitle("Models");
  const set = (part: { show?: Kind; q?: string }) => {
    const next = { show: kind, q: text, ...part };
    setParams(query({ show: next.show === "all" ? "all" : "", q: next.q }), { replace: true });
  };
  useShortcuts([
    { keys: "/", label: "Search", group: "Models", run: () => search.current?.focus() },
    { keys: "v", label: "Registered or every model", group: "Models", run: () => set({ show: kind === "all" ? "names" : "all" }) },
  ]);
  return (
    <div className="page">
      <header className="bar">
        <h1>Models</h1>
        <Segments label="Which models" options={kinds} value={kind} onChange={(show) => set({ show })} />
        <SearchField label="Search by name, id or label" placeholder="Name, id, label  ( / )" value={text} field={search} onChange={(q) => set({ q: q.trim() })} />
      </header>
      {kind === "names" ? <Names text={text} /> : <All text={text} />}
    </div>
  );
}

function usePages<T extends { next: string | null }>(path: string, text: string) {
  return useInfiniteQuery({
    queryKey: [path, text],
    queryFn: ({ pageParam, signal }) => ask<T>(`${path}${query({ q: text, page: pageParam })}`, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: (state) => ((state.state.data?.pages.length ?? 0) <= 2 ? refreshMs : false),
  });
}

function Names({ text }: { text: string }) {
  const pages = usePages<NamedModelPage>("/api/registry", text);
  const names = pages.data?.pages.flatMap((page) => page.models);
  const row = useRows(names?.length ?? 0, (at) => (names?.[at] ? pathOfName(names[at].name) : undefined));
  return (
    <Rest pages={pages} isEmpty={names?.length === 0} text={text}>
      <table className="dense models">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Latest</th>
            <th scope="col">Aliases</th>
            <th scope="col">Stages</th>
            <th scope="col">Tags</th>
            <th scope="col">Changed</th>
          </tr>
        </thead>
        <tbody>
          {names?.map((model, at) => (
            <tr key={model.name} className={row === at ? "at" : undefined}>
              <th scope="row">
                <Link to={pathOfName(model.name)}>{model.name}</Link>
                {model.description && <span className="hint below">{model.description}</span>}
              </th>
              <td>{newest(model)}</td>
              <td>
                {model.aliases.map((one) => (
                  <Alias key={one.alias} of={one.alias} version={one.version} />
                ))}
              </td>
              <td>
                {model.latest.map((one) => (
                  <Stage key={one.id} of={one.stage} version={one.version} />
                ))}
              </td>
              <td>
                {model.tags.map((tag) => (
                  <span key={tag.key} className="tag">{`${tag.key}: ${tag.value}`}</span>
                ))}
              </td>
              <td className="hint">
                <When time={model.updated} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Rest>
  );
}

function newest(model: NamedModel): string {
  const last = Math.max(0, ...model.latest.map((one) => one.version ?? 0));
  return last > 0 ? `v${last}` : "";
}

function All({ text }: { text: string }) {
  const pages = usePages<ModelPage>("/api/models", text);
  const models = pages.data?.pages.flatMap((page) => page.models);
  const row = useRows(models?.length ?? 0, (at) => (models?.[at] ? `/models/${models[at].id}` : undefined));
  return (
    <Rest pages={pages} isEmpty={models?.length === 0} text={text}>
      <table className="dense models">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Version</th>
            <th scope="col">Framework</th>
            <th scope="col">Aliases, stage, labels</th>
            <th scope="col">Made by run</th>
            <th scope="col">User</th>
            <th scope="col">Created</th>
          </tr>
        </thead>
        <tbody>
          {models?.map((model, at) => (
            <ModelRow key={model.id} model={model} isAt={row === at} />
          ))}
        </tbody>
      </table>
    </Rest>
  );
}

function ModelRow({ model, isAt }: { model: ModelSummary; isAt: boolean }) {
  return (
    <tr className={isAt ? "at" : undefined}>
      <th scope="row">
        <Link to={`/models/${model.id}`}>{model.name}</Link>
      </th>
      <td>{model.version && `v${model.version}`}</td>
      <td>{model.framework}</td>
      <td>
        {model.aliases.map((alias) => (
          <Alias key={alias} of={alias} />
        ))}
        <Stage of={model.stage} />
        {model.labels.map((label) => (
          <span key={label} className="tag">
            {label}
          </span>
        ))}
      </td>
      <td>
        {model.run && (
          <Link to={`/runs/${model.run}`}>
            <code>{model.run.slice(0, 8)}</code>
          </Link>
        )}
      </td>
      <td>{model.user}</td>
      <td className="hint">
        <When time={model.created} />
      </td>
    </tr>
  );
}

/** The row that j and k move to, and Enter opens. */
function useRows(count: number, pathOf: (at: number) => string | undefined): number {
  const [at, setAt] = useState(-1);
  const navigate = useNavigate();
  const move = (step: number) => setAt((now) => Math.min(count - 1, Math.max(0, now + step)));
  useShortcuts([
    { keys: "j", label: "Next model", group: "Models", run: () => move(1) },
    { keys: "k", label: "Previous model", group: "Models", run: () => move(-1) },
    {
      keys: "Enter",
      label: "Open the model",
      group: "Models",
      run: () => {
        const path = pathOf(at);
        if (path) {
          void navigate(path);
        }
      },
    },
  ]);
  return at;
}

interface RestProps {
  pages: { error: Error | null; refetch: () => unknown; hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  isEmpty: boolean;
  text: string;
  children: ReactNode;
}

/** What is around a list: why there is none, and the way to more of it. */
function Rest({ pages, isEmpty, text, children }: RestProps) {
  if (isEmpty && !text) {
    return (
      <Empty title="No model is registered">
        <p>Any of these registers one; in MLflow and ClearML it is the same model.</p>
        <Command text={`mlflow.sklearn.log_model(model, name="model", registered_model_name="digits")`} />
        <Command text={`OutputModel(task, name="digits").update_weights("model.pkl")`} />
      </Empty>
    );
  }

  return (
    <>
      <Problem error={pages.error} onRetry={() => void pages.refetch()} />
      <div className="across">
        {isEmpty ? <p className="hint">No model is called or labelled like this.</p> : children}
        {pages.hasNextPage && (
          <button type="button" className="more" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            More
          </button>
        )}
      </div>
    </>
  );
}
