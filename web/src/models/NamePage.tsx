import { Link, useParams } from "react-router";
import { query } from "../api/ask.ts";
import type { NamedModelDetails } from "../api/models.ts";
import { Problem } from "../ui/Problem.tsx";
import { useTitle } from "../ui/useTitle.ts";
import { When } from "../ui/When.tsx";
import { AliasEditor } from "./AliasEditor.tsx";
import { Description } from "./Description.tsx";
import { Stage } from "./Marks.tsx";
import { Tags } from "./Tags.tsx";
import { useChange, useName } from "./useModel.ts";
import "./models.css";

/** A registered name: what it is, its versions, and which aliases point where. */
export function NamePage() {
  const { name = "" } = useParams();
  const model = useName(name);
  const change = useChange();
  const at = query({ name });
  useTitle(name);
  const patch = (body: unknown) => change.mutate({ method: "PATCH", path: `/api/registry/model${at}`, body });
  return (
    <div className="page">
      <header className="head">
        <p className="path">
          <Link to="/models">Models</Link>
        </p>
        <h1 className="cut">{name}</h1>
        <Problem error={model.error ?? change.error} />
        {model.data && (
          <>
            <Description text={model.data.description} onSave={(description) => patch({ description })} />
            <Tags tags={model.data.tags} onSet={(tag) => patch({ setTags: { [tag.key]: tag.value } })} onRemove={(key) => patch({ removeTags: [key] })} />
          </>
        )}
      </header>
      {model.data && (
        <Versions
          of={model.data}
          onSetAlias={(alias, version) => change.mutate({ method: "PUT", path: `/api/registry/alias${at}`, body: { alias, version } })}
          onRemoveAlias={(alias) => change.mutate({ method: "DELETE", path: `/api/registry/alias${query({ name, alias })}` })}
        />
      )}
    </div>
  );
}

interface VersionsProps {
  of: NamedModelDetails;
  onSetAlias: (alias: string, version: number) => void;
  onRemoveAlias: (alias: string) => void;
}

function Versions({ of, onSetAlias, onRemoveAlias }: VersionsProps) {
  return (
    <div className="across">
      <table className="dense models">
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Aliases</th>
            <th scope="col">Stage</th>
            <th scope="col">Framework</th>
            <th scope="col">Made by run</th>
            <th scope="col">User</th>
            <th scope="col">Created</th>
          </tr>
        </thead>
        <tbody>
          {of.versions.map((version) => (
            <tr key={version.id}>
              <th scope="row">
                <Link to={`/models/${version.id}`}>v{version.version}</Link>
              </th>
              <td>
                <AliasEditor
                  aliases={version.aliases}
                  version={version.version ?? 0}
                  known={of.aliases.map((one) => one.alias)}
                  onSet={(alias) => onSetAlias(alias, version.version ?? 0)}
                  onRemove={onRemoveAlias}
                />
              </td>
              <td>
                <Stage of={version.stage} />
              </td>
              <td>{version.framework}</td>
              <td>
                {version.run && (
                  <Link to={`/runs/${version.run}`}>
                    <code>{version.run.slice(0, 8)}</code>
                  </Link>
                )}
              </td>
              <td>{version.user}</td>
              <td className="hint">
                <When time={version.created} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {of.versions.length === 0 && <p className="hint">It has no versions yet.</p>}
    </div>
  );
}
