import type { RunDetails } from "../api/run.ts";
import { Empty } from "../ui/Empty.tsx";
import { Diff } from "./Diff.tsx";
import { useShownRun } from "./useRun.ts";

/** Which code ran: where it is from, and what was not committed. */
export function CodeTab() {
  const shown = useShownRun();
  const facts = factsOf(shown);
  const diff = shown.script?.diff ?? "";
  if (facts.length === 0 && !diff) {
    return (
      <Empty title="Nobody said which code this was">
        <p>
          ClearML's client captures it by itself, MLflow's inside a Git checkout, <code>braid run</code> of any program.
        </p>
      </Empty>
    );
  }

  return (
    <div className="narrow stack">
      {facts.length > 0 && (
        <table className="plain">
          <tbody>
            {facts.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="mono">{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {diff && (
        <section>
          <h2>Not committed</h2>
          <Diff text={diff} />
        </section>
      )}
    </div>
  );
}

function factsOf({ script, tags }: RunDetails): [string, string][] {
  const tag = (key: string) => tags.find((one) => one.key === key)?.value;
  const facts: [string, string | undefined][] = [
    ["Repository", script?.repository ?? tag("mlflow.source.git.repoURL")],
    ["Branch", script?.branch ?? tag("mlflow.source.git.branch")],
    ["Commit", script?.version_num ?? tag("mlflow.source.git.commit")],
    ["Folder", script?.working_dir],
    ["Program", script?.entry_point ?? tag("mlflow.source.name")],
  ];
  return facts.filter((fact): fact is [string, string] => !!fact[1]);
}
