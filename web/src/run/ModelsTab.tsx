import type { ReactNode } from "react";
import { Link } from "react-router";
import { pathOfName, type ModelSummary } from "../api/models.ts";
import { Alias, Stage } from "../models/Marks.tsx";
import { Copy } from "../ui/Copy.tsx";
import { Empty } from "../ui/Empty.tsx";
import { When } from "../ui/When.tsx";
import { useShownRun } from "./useRun.ts";
import "../models/models.css";

/** The models that the run read, and those that it made. */
export function ModelsTab() {
  const { models, loaded } = useShownRun();
  if (models.length + loaded.length === 0) {
    return (
      <Empty title="This run read no models and made none">
        <p>
          ClearML's client notes the models that a framework saves and loads, MLflow's those that are logged by <code>log_model</code>.
        </p>
      </Empty>
    );
  }

  return (
    <div className="across stack run-models">
      {loaded.length > 0 && (
        <ModelTable title="Read">
          {loaded.map(({ as, model }) => (
            <ModelRow key={as} of={model} as={as} />
          ))}
        </ModelTable>
      )}
      {models.length > 0 && (
        <ModelTable title="Made">
          {models.map((model) => (
            <ModelRow key={model.id} of={model} />
          ))}
        </ModelTable>
      )}
    </div>
  );
}

function ModelTable({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <table className="dense">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Registered</th>
            <th scope="col">Stage</th>
            <th scope="col">Framework</th>
            <th scope="col">Id</th>
            <th scope="col">Made</th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

/** @param as What the run calls it, where that is known. */
function ModelRow({ of, as }: { of: ModelSummary; as?: string }) {
  return (
    <tr>
      <th scope="row">
        <Link to={`/models/${of.id}`}>{as ?? of.name}</Link>
        {as && as !== of.name && <span className="hint"> {of.name}</span>}
      </th>
      <td>
        {of.registered && (
          <>
            <Link to={pathOfName(of.name)}>{of.name}</Link> {of.version !== null && `v${of.version}`}{" "}
            {of.aliases.map((alias) => (
              <Alias key={alias} of={alias} />
            ))}
          </>
        )}
      </td>
      <td>
        <Stage of={of.stage} />
      </td>
      <td>{of.framework}</td>
      <td>
        <code>{of.id.slice(0, 12)}</code> <Copy text={of.id} label="Copy the model's id" />
      </td>
      <td className="hint">
        <When time={of.created} />
      </td>
    </tr>
  );
}
