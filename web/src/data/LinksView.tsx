import { Link } from "react-router";
import type { CommitDetails, CommitLink } from "../api/data.ts";
import { Status } from "../ui/Status.tsx";
import { When } from "../ui/When.tsx";
import { placePage } from "./address.ts";

/** What a commit was made from, what was made from it, and the runs that read it. */
export function LinksView({ of }: { of: CommitDetails }) {
  return (
    <div className="column sections">
      <Commits title="Made from" list={of.madeFrom} none="Nothing: somebody wrote it." />
      <Commits title="Made from it" list={of.makes} none="No commit was made from it." />
      <section>
        <h2>Runs that read it</h2>
        {of.readBy.length === 0 && <p className="hint">None that the server knows of: jobs of pipelines say so by themselves.</p>}
        {of.readBy.length > 0 && (
          <table className="plain">
            <tbody>
              {of.readBy.map((run) => (
                <tr key={run.id}>
                  <td>
                    <Status of={run.status} />
                  </td>
                  <td>
                    <Link to={`/runs/${run.id}`}>{run.name || run.id.slice(0, 8)}</Link>
                  </td>
                  <td className="hint">
                    <When time={run.created} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}

function Commits({ title, list, none }: { title: string; list: CommitLink[]; none: string }) {
  return (
    <section>
      <h2>{title}</h2>
      {list.length === 0 && <p className="hint">{none}</p>}
      <ul>
        {list.map((one) => (
          <li key={`${one.project}/${one.repo}@${one.commit}`}>
            <Link to={placePage({ ...one, path: [] })}>
              {one.project}/{one.repo}
              {one.branch && `@${one.branch}`} <code>{one.commit.slice(0, 12)}</code>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
