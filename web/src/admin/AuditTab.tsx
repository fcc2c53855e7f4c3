import { useSearchParams } from "react-router";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { AuditEntry, AuditPage } from "../api/admin.ts";
import { ask, query } from "../api/ask.ts";
import { Empty } from "../ui/Empty.tsx";
import { Problem } from "../ui/Problem.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { moment } from "../ui/time.ts";
import { withParam } from "../ui/withParam.ts";

/** What actions begin with, and what that is called. */
const groups: Record<string, string> = {
  session: "Sign-ins",
  user: "People",
  key: "Key pairs",
  secret: "Secrets",
  defaults: "Defaults of specs",
  run: "Runs",
  workload: "Workloads",
  experiment: "Experiments",
  artifact: "Artifacts",
  model: "Models",
  registry: "Registered models",
  pipeline: "Pipelines",
  job: "Jobs",
  repo: "Repos",
  branch: "Branches",
  commit: "Commits",
  transaction: "Transactions",
  project: "Projects of data",
  data: "All data",
  gc: "Space",
  queue: "Queues",
  quota: "Quotas",
  machine: "Machines",
};
const refreshMs = 5000;

/** Who changed what, when, from where, and who was refused what: the newest first, narrowed by what the address says. */
export function AuditTab() {
  const [params, setParams] = useSearchParams();
  const given = (name: string) => params.get(name) ?? "";
  const set = (name: string, value: string) => setParams(withParam(params, name, value), { replace: true });
  const asked = { user: given("user"), action: given("action"), target: given("target"), refused: given("refused") };
  const pages = useInfiniteQuery({
    queryKey: ["audit", asked],
    queryFn: ({ pageParam, signal }) => ask<AuditPage>(`/api/audit${query({ ...asked, before: pageParam })}`, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: (state) => ((state.state.data?.pages.length ?? 0) <= 1 ? refreshMs : false),
  });
  const entries = pages.data?.pages.flatMap((page) => page.entries);
  return (
    <>
      <div className="bar">
        <SearchField label="Who" placeholder="Who" value={asked.user} onChange={(text) => set("user", text.trim())} />
        <select aria-label="What was done" value={asked.action} onChange={(event) => set("action", event.target.value)}>
          <option value="">Everything</option>
          {asked.action && !(asked.action in groups) && <option value={asked.action}>{asked.action}</option>}
          {Object.entries(groups).map(([group, title]) => (
            <option key={group} value={group}>
              {title}
            </option>
          ))}
        </select>
        <SearchField label="To what" placeholder="To what" value={asked.target} onChange={(text) => set("target", text.trim())} />
        <button type="button" aria-pressed={asked.refused !== ""} onClick={() => set("refused", asked.refused ? "" : "1")}>
          Refused
        </button>
      </div>
      <Problem error={pages.error} onRetry={() => void pages.refetch()} />
      {entries?.length === 0 ? (
        <Empty title={Object.values(asked).some(Boolean) ? "Nothing of that was done" : "Nothing was changed yet"} />
      ) : (
        <div className="across">
          <Entries of={entries ?? []} />
          {pages.hasNextPage && (
            <p className="bar">
              <button type="button" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                Older
              </button>
            </p>
          )}
        </div>
      )}
    </>
  );
}

function Entries({ of }: { of: AuditEntry[] }) {
  return (
    <table className="dense audit">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">Did</th>
          <th scope="col">To what</th>
          <th scope="col">From</th>
          <th scope="col">Outcome</th>
        </tr>
      </thead>
      <tbody>
        {of.map((entry) => (
          <tr key={entry.number}>
            <td className="hint">
              <time dateTime={entry.at}>{moment(entry.at)}</time>
            </td>
            <th scope="row">{entry.user || <span className="hint">nobody known</span>}</th>
            <td>
              <code>{entry.action}</code>
            </td>
            <td>
              {entry.target} {entry.details && <span className="hint">{entry.details}</span>}
            </td>
            <td className="hint">
              {entry.door} {entry.address}
            </td>
            <td>
              <Outcome of={entry.outcome} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Outcome({ of }: { of: string }) {
  return of ? (
    <span className="status failed" title={of}>
      <span aria-hidden="true">✕</span> refused
    </span>
  ) : (
    <span className="status completed">
      <span aria-hidden="true">✓</span> done
    </span>
  );
}
