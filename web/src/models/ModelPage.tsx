import { Link, useParams, useSearchParams } from "react-router";
import { query } from "../api/ask.ts";
import { pathOfName, type ModelDetails } from "../api/models.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Copy } from "../ui/Copy.tsx";
import { Problem } from "../ui/Problem.tsx";
import { Segments } from "../ui/Segments.tsx";
import { useTitle } from "../ui/useTitle.ts";
import { When } from "../ui/When.tsx";
import { AliasEditor } from "./AliasEditor.tsx";
import { Description } from "./Description.tsx";
import { Lineage } from "./Lineage.tsx";
import { ModelFiles } from "./ModelFiles.tsx";
import { Reproduce } from "./Reproduce.tsx";
import { Tags } from "./Tags.tsx";
import { useChange, useModel, useName } from "./useModel.ts";
import "./models.css";

const views = [
  { value: "", title: "Lineage" },
  { value: "files", title: "Files" },
] as const;

/** One model: what it is called, from what it came, how to make it again, who uses it, and its files. */
export function ModelPage() {
  const { id = "" } = useParams();
  const [params, setParams] = useSearchParams();
  const view = params.has("path") || params.has("file") || params.get("show") === "files" ? "files" : "";
  const model = useModel(id);
  useTitle(model.data && titleOf(model.data));
  const show = (next: string) => setParams(query({ show: next }), { replace: true });
  useShortcuts([
    { keys: "1", label: "Lineage", group: "Model", run: () => show("") },
    { keys: "2", label: "Files", group: "Model", run: () => show("files") },
  ]);
  return (
    <div className="page">
      <Problem error={model.error} onRetry={() => void model.refetch()} />
      {model.data && (
        <>
          <Head of={model.data} />
          <div className="bar">
            <Segments label="View" options={views} value={view} onChange={show} />
          </div>
          {view === "files" ? <ModelFiles of={model.data} /> : <Overview of={model.data} />}
        </>
      )}
    </div>
  );
}

function titleOf(model: ModelDetails): string {
  return model.version ? `${model.name} v${model.version}` : model.name;
}

function Head({ of }: { of: ModelDetails }) {
  const name = useName(of.name, of.registered);
  const change = useChange();
  const patch = (body: unknown) => change.mutate({ method: "PATCH", path: `/api/models/${of.id}`, body });
  return (
    <header className="head">
      <p className="path">
        <Link to="/models">Models</Link>
        {of.registered && (
          <>
            {" / "}
            <Link to={pathOfName(of.name)}>{of.name}</Link>
          </>
        )}
      </p>
      <div className="row wrap">
        <h1 className="cut">{titleOf(of)}</h1>
        {of.version !== null && (
          <>
            <StageChoice value={of.stage} onChange={(stage) => patch({ stage, archiveOthers: stage === "production" || stage === "staging" })} />
            <AliasEditor
              aliases={of.aliases}
              version={of.version}
              known={name.data?.aliases.map((one) => one.alias) ?? []}
              onSet={(alias) => change.mutate({ method: "PUT", path: `/api/registry/alias${query({ name: of.name })}`, body: { alias, version: of.version } })}
              onRemove={(alias) => change.mutate({ method: "DELETE", path: `/api/registry/alias${query({ name: of.name, alias })}` })}
            />
          </>
        )}
        {of.published && <span className="tag">published</span>}
        {of.labels.map((label) => (
          <span key={label} className="tag">
            {label}
          </span>
        ))}
      </div>
      <p className="facts">
        <span>
          <code>{of.id}</code> <Copy text={of.id} label="Copy the id: the same in ClearML and MLflow" />
        </span>
        {of.framework && <span>{of.framework}</span>}
        {of.state !== "ready" && <span>{of.stateMessage || of.state}</span>}
        {of.user && <span>{of.user}</span>}
        <span>
          made <When time={of.created} />
        </span>
      </p>
      <div className="row wrap">
        <Description text={of.comment} onSave={(comment) => patch({ comment })} />
        <Tags tags={of.tags} onSet={(tag) => patch({ setTags: { [tag.key]: tag.value } })} onRemove={(key) => patch({ removeTags: [key] })} />
      </div>
      <Problem error={change.error} />
    </header>
  );
}

const stages = ["", "staging", "production", "archived"];

function StageChoice({ value, onChange }: { value: string; onChange: (stage: string) => void }) {
  return (
    <select aria-label="Stage" value={value} onChange={(event) => onChange(event.target.value || "none")} title="MLflow's stage; another version that is in it is archived">
      {stages.map((stage) => (
        <option key={stage} value={stage}>
          {stage || "no stage"}
        </option>
      ))}
    </select>
  );
}

function Overview({ of }: { of: ModelDetails }) {
  return (
    <div className="columns">
      <Lineage of={of} />
      <Reproduce of={of} />
    </div>
  );
}
