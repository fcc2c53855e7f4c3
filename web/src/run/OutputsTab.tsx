import { CommitName } from "../data/CommitName.tsx";
import { Copy } from "../ui/Copy.tsx";
import { Empty } from "../ui/Empty.tsx";
import { useShownRun } from "./useRun.ts";

/** The exact commits and datasets that the run read, and the commits that it made. */
export function OutputsTab() {
  const { inputs, outputs, datasets } = useShownRun();
  if (inputs.length + outputs.length + datasets.length === 0) {
    return (
      <Empty title="This run names no inputs">
        <p>
          What a job of a pipeline reads is linked to its run by itself; a program names a dataset by <code>mlflow.log_input</code>.
        </p>
      </Empty>
    );
  }

  return (
    <div className="narrow stack">
      {inputs.length > 0 && (
        <section>
          <h2>Commits that it read</h2>
          <table className="plain">
            <tbody>
              {inputs.map((input) => (
                <tr key={input.name}>
                  <th scope="row">{input.name}</th>
                  <td>
                    <CommitName repo={input.repo} commit={input.commit} />{" "}
                    <Copy text={`braid list file ${input.repo}@${input.commit}`} label="Copy the command that lists its files" />
                  </td>
                  <td className="hint">{input.branch}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {outputs.length > 0 && (
        <section>
          <h2>Commits that it makes</h2>
          <table className="plain">
            <tbody>
              {outputs.map((output) => (
                <tr key={output.commit}>
                  <th scope="row">{output.repo}</th>
                  <td>
                    <CommitName repo={`${output.project}/${output.repo}`} commit={output.commit} />
                  </td>
                  <td className="hint">{output.branch}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {datasets.length > 0 && (
        <section>
          <h2>Datasets that it named</h2>
          <table className="plain">
            <tbody>
              {datasets.map((dataset) => (
                <tr key={`${dataset.name} ${dataset.digest}`}>
                  <th scope="row">{dataset.name}</th>
                  <td>
                    <code>{dataset.digest}</code>
                  </td>
                  <td className="hint">{dataset.sourceType}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
