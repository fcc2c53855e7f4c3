import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { query } from "../api/ask.ts";
import { useRefusal } from "../api/me.ts";
import type { Machine, Parts, Share } from "../api/shares.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";
import { Segments } from "../ui/Segments.tsx";
import { NewShareDialog } from "./NewShareDialog.tsx";
import { amountOf, borrowed, resourceOf, resources, shown, shownTerm, termsOf, total, treeOf, type Branch, type Resource } from "./resources.ts";
import { Legend, ShareBar } from "./ShareBar.tsx";
import { TermsDialog } from "./TermsDialog.tsx";
import { useFairShares, useMachines, useShares } from "./useQueues.ts";

/** The tree of departments and projects: what each may count on, may have at most, has, borrows and waits for. */
export function QuotaTab() {
  const [params, setParams] = useSearchParams();
  const of = resourceOf(params.get("of"));
  const [open, setOpen] = useState<string>();
  const [isAdding, setAdding] = useState(false);
  const shares = useShares();
  const fair = useFairShares();
  const machines = useMachines();
  const refusal = useRefusal("change projects");
  const choose = (next: Resource) => setParams(next === "gpu" ? {} : { of: next }, { replace: true });
  useShortcuts([
    { keys: "o", label: "GPU, CPU or memory", group: "Quota", run: () => choose(of === "gpu" ? "cpu" : of === "cpu" ? "memory" : "gpu") },
    { keys: "n", label: "New project", group: "Quota", run: () => !refusal && setAdding(true) },
  ]);
  const edited = shares.data?.find((share) => share.name === open);
  return (
    <>
      <div className="bar">
        <Segments label="Resource" options={resources} value={of} onChange={choose} />
        <Cluster machines={machines.data ?? []} of={of} />
        <Legend />
        <button type="button" onClick={() => setAdding(true)} disabled={!!refusal} title={refusal ?? "New project (n)"}>
          <Icon name="plus" /> Project
        </button>
      </div>
      <Problem error={shares.error ?? machines.error ?? fair.error} onRetry={() => void shares.refetch()} />
      {shares.data && (
        <Tree shares={shares.data} machines={machines.data ?? []} fair={fair.data} of={of} refusal={refusal} onEdit={setOpen} />
      )}
      {edited && <TermsDialog share={edited} onClose={() => setOpen(undefined)} />}
      {isAdding && <NewShareDialog shares={shares.data ?? []} onClose={() => setAdding(false)} />}
    </>
  );
}

function Cluster({ machines, of }: { machines: readonly Machine[]; of: Resource }) {
  const alive = machines.filter((one) => one.is_alive).length;
  return (
    <p className="hint" role="status">
      <b>{shown(total(machines, of, "held"), of)}</b> of {shown(total(machines, of, "has"), of)} used on {alive}{" "}
      {alive === 1 ? "machine" : "machines"}
    </p>
  );
}

interface TreeProps {
  shares: readonly Share[];
  machines: readonly Machine[];
  fair: ReadonlyMap<string, Parts> | undefined;
  of: Resource;
  refusal: string | undefined;
  onEdit: (name: string) => void;
}

function Tree({ shares, machines, fair, of, refusal, onEdit }: TreeProps) {
  const most = Math.max(
    total(machines, of, "has"),
    ...shares.flatMap((share) => [amountOf(share.held, of), termsOf(share.terms, of).quota]),
  );
  return (
    <div className="across">
      <table className="dense quota">
        <thead>
          <tr>
            <th scope="col">Project</th>
            <th scope="col" className="bars">
              {`0 to ${shown(most, of)}`}
            </th>
            <th scope="col" className="number">Used</th>
            <th scope="col" className="number">Guaranteed</th>
            <th scope="col" className="number">Fair now</th>
            <th scope="col" className="number">Borrowed</th>
            <th scope="col" className="number">Limit</th>
            <th scope="col" className="number">Weight</th>
            <th scope="col" className="number">Runs</th>
            <th scope="col" className="number">Waits</th>
            <th scope="col">
              <span className="unseen">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {treeOf(shares).map((branch) => (
            <Row key={branch.share.name} branch={branch} most={most} fair={fair?.get(branch.share.name)} of={of} refusal={refusal} onEdit={onEdit} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  branch: Branch;
  most: number;
  fair: Parts | undefined;
  of: Resource;
  refusal: string | undefined;
  onEdit: (name: string) => void;
}

function Row({ branch: { share, depth }, most, fair, of, refusal, onEdit }: RowProps) {
  const terms = termsOf(share.terms, of);
  const held = amountOf(share.held, of);
  const entitled = fair && amountOf(fair, of);
  const lent = borrowed(share, of);
  const words = `${shown(held, of)} used, ${shownTerm(terms.quota, of)} guaranteed, ${shown(lent, of)} borrowed`;
  return (
    <tr>
      <th scope="row" style={{ paddingLeft: `${0.2 + depth * 1.2}rem` }}>
        <span className={share.is_department ? "department" : undefined}>{share.name}</span>
        {share.queue && <span className="tag" title="The ClearML queue whose runs it places">{share.queue}</span>}
      </th>
      <td className="bars">
        <ShareBar held={held} wanted={amountOf(share.wanted, of)} quota={terms.quota} fair={entitled} most={most} label={words} />
      </td>
      <td className="number">{shown(held, of)}</td>
      <td className="number">{shownTerm(terms.quota, of)}</td>
      <td className="number">{entitled === undefined ? "" : shown(entitled, of)}</td>
      <td className={lent > 0 ? "number lent" : "number none"}>{shown(lent, of)}</td>
      <td className="number">{shownTerm(terms.limit, of)}</td>
      <td className="number">{terms.weight}</td>
      <td className="number">{workLink(share, share.running, "running")}</td>
      <td className="number">{workLink(share, share.waiting, "pending")}</td>
      <td>
        <button type="button" className="quiet" disabled={!!refusal} title={refusal ?? `Change what ${share.name} may have`} aria-label={`Change ${share.name}`} onClick={() => onEdit(share.name)}>
          <Icon name="edit" />
        </button>
      </td>
    </tr>
  );
}

function workLink(share: Share, count: number, state: string) {
  return count === 0 || share.is_department ? count : <Link to={`/queues/work${query({ project: share.name, state })}`}>{count}</Link>;
}
