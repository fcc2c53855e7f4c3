import { Link } from "react-router";
import { repoPage } from "../data/address.ts";
import { useShownPipeline } from "./usePipeline.ts";

/** What the pipeline reads and where it writes. */
export function DataTab() {
  const { project, name, branch, inputs } = useShownPipeline();
  return (
    <div className="narrow stack">
      <section>
        <h2>Reads</h2>
        {inputs.length === 0 && <p className="hint">Nothing: it makes data of its own.</p>}
        {inputs.length > 0 && (
          <div className="wide">
            <table className="plain">
              <thead>
                <tr>
                  <th scope="col">Input</th>
                  <th scope="col">Repo</th>
                  <th scope="col">Branch</th>
                  <th scope="col">A datum for each</th>
                </tr>
              </thead>
              <tbody>
                {inputs.map((input) => (
                  <tr key={`${input.name} ${input.project} ${input.repo} ${input.branch} ${input.glob}`}>
                    <th scope="row">/pfs/{input.name}</th>
                    <td>
                      <Repo project={input.project} repo={input.repo} />
                    </td>
                    <td>{input.branch}</td>
                    <td className="mono">{input.cron === null ? input.glob : `tick: ${input.cron}`}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <section>
        <h2>Writes</h2>
        <p>
          <Repo project={project} repo={name} /> <span className="hint">branch {branch}</span>
        </p>
      </section>
    </div>
  );
}

function Repo({ project, repo }: { project: string; repo: string }) {
  return (
    <Link to={repoPage(project, repo)}>
      {project}/{repo}
    </Link>
  );
}
