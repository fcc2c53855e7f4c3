import { Link } from "react-router";
import type { Explanation, ShareStanding, Workload } from "../api/shares.ts";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";
import { duration, moment } from "../ui/time.ts";
import { prospectWord } from "./prospects.ts";
import { ShareBar } from "./ShareBar.tsx";
import { shown } from "./resources.ts";
import { useExplanation } from "./useQueues.ts";

interface PanelProps {
  workload: Workload;
  onToggle: () => void;
  onEnd: () => void;
  onClose: () => void;
}

const mostAhead = 10;

/** All that is in the way of a workload, what would help, and when it is thought to start. */
export function ExplanationPanel({ workload, onToggle, onEnd, onClose }: PanelProps) {
  const explained = useExplanation(workload.id);
  const isSuspended = workload.state === "suspended";
  return (
    <aside className="explained" aria-label={`About ${workload.name}`}>
      <div className="spread">
        <h2 className="cut">{workload.name}</h2>
        <button type="button" className="quiet" onClick={onClose} aria-label="Close" title="Close (Esc)">
          <Icon name="close" />
        </button>
      </div>
      <p className="hint">
        {workload.kind.replaceAll("_", " ")} of {workload.user || "somebody"}, <Link to={`/runs/${workload.id}`}>its run</Link>
      </p>
      <div className="row">
        <button type="button" onClick={onToggle} title={isSuspended ? "Let it wait again (s)" : "It gives its places back (s)"}>
          <Icon name={isSuspended ? "play" : "pause"} /> {isSuspended ? "Resume" : "Suspend"}
        </button>
        <button type="button" onClick={onEnd} title="End it (Delete)">
          <Icon name="close" /> End…
        </button>
      </div>
      <Problem error={explained.error} />
      {explained.data && <Explained of={explained.data} />}
      <Places of={workload} />
    </aside>
  );
}

function Explained({ of }: { of: Explanation }) {
  return (
    <>
      <p className="prospect">
        It <b>{prospectWord(of.prospect)}</b>.
      </p>
      {of.reasons.length > 0 && (
        <section aria-labelledby="reasons">
          <h3 id="reasons">{of.prospect === "displaced" ? "For whom" : "What it waits for"}</h3>
          <ol className="reasons">
            {of.reasons.map((reason) => (
              <li key={reason.text}>
                {reason.text} <code>{reason.code}</code>
              </li>
            ))}
          </ol>
        </section>
      )}
      {of.changes.length > 0 && (
        <section aria-labelledby="changes">
          <h3 id="changes">The smallest change that would start it</h3>
          <ul className="reasons">
            {of.changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </section>
      )}
      {of.prospect === "waits" && (
        <section aria-labelledby="start">
          <h3 id="start">When it starts</h3>
          <p>
            {of.starts_at ? (
              <>
                about <time dateTime={of.starts_at}>{moment(of.starts_at)}</time>, in {untilWord(of.starts_at)}
              </>
            ) : (
              "Nobody knows"
            )}
            {of.start_reason && <span className="hint"> {of.start_reason}</span>}
          </p>
        </section>
      )}
      {of.ahead.length > 0 && (
        <section aria-labelledby="ahead">
          <h3 id="ahead">Before it in its project</h3>
          <p>
            {of.ahead.slice(0, mostAhead).join(", ")}
            {of.ahead.length > mostAhead && ` and ${of.ahead.length - mostAhead} more`}
          </p>
        </section>
      )}
      {of.shares.length > 0 && <Shares of={of.shares} />}
    </>
  );
}

function untilWord(time: string): string {
  return duration(Math.max(0, (Date.parse(time) - Date.now()) / 1000));
}

function Shares({ of }: { of: readonly ShareStanding[] }) {
  const most = Math.max(1, ...of.flatMap((one) => [one.held, one.quota, one.fair_share, one.wanted]));
  return (
    <section aria-labelledby="standing">
      <h3 id="standing">Whose GPUs it would use</h3>
      <table className="dense">
        <tbody>
          {of.map((one) => (
            <tr key={one.name}>
              <th scope="row">{one.name}</th>
              <td className="bars">
                <ShareBar held={one.held} wanted={one.wanted} quota={one.quota} fair={one.fair_share} most={most} label={standingWords(one)} />
              </td>
              <td className="hint">{standingWords(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function standingWords(one: ShareStanding): string {
  return `${shown(one.held, "gpu")} used of ${one.quota < 0 ? "any" : shown(one.quota, "gpu")} guaranteed`;
}

function Places({ of }: { of: Workload }) {
  const placed = of.replicas.filter((replica) => replica.node);
  return placed.length === 0 ? null : (
    <section aria-labelledby="places">
      <h3 id="places">Where it is</h3>
      <ul>
        {placed.map((replica) => (
          <li key={replica.name}>
            {replica.name} on <code>{replica.node}</code> <span className="hint">{replica.state}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
