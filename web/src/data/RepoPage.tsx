import { useState } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import type { Branch, RepoDetails } from "../api/data.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Copy } from "../ui/Copy.tsx";
import { bytes, grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { useTitle } from "../ui/useTitle.ts";
import { When } from "../ui/When.tsx";
import { placePage, repoAddress } from "./address.ts";
import { CommitList } from "./CommitList.tsx";
import { DeleteBranch } from "./DeleteBranch.tsx";
import { NewBranch } from "./NewBranch.tsx";
import { DropZone } from "./DropZone.tsx";
import { UploadButton } from "./UploadButton.tsx";
import "./data.css";

/** Of these branches, the one that people mean when they name none. */
const usual = new Set(["master", "main"]);

/** One repo: its branches, and the commits of the one that is chosen. */
export function RepoPage() {
  const { project = "", repo: name = "" } = useParams();
  const [params, setParams] = useSearchParams();
  const repo = useQuery({
    queryKey: ["repo", project, name],
    queryFn: ({ signal }) => ask<RepoDetails>(repoAddress(project, name), signal),
    refetchInterval: 5000,
  });
  const branches = repo.data?.branches ?? [];
  const branch = params.get("branch") ?? "";
  const shown = branches.find((one) => one.name === branch) ?? branches.find((one) => usual.has(one.name)) ?? branches[0];
  const [asks, setAsks] = useState<"branch" | Branch | undefined>();
  useTitle(`${project}/${name}`);
  useShortcuts([{ keys: "b", label: "New branch", group: "Repo", run: () => repo.data?.mayWrite && setAsks("branch") }]);
  const close = () => setAsks(undefined);
  const target = shown?.name ?? "master";
  return (
    <div className="data repo">
      <Problem error={repo.error} onRetry={() => void repo.refetch()} />
      {repo.data && (
        <DropZone project={project} repo={name} branch={target} folder="" isOn={repo.data.mayWrite && !shown?.madeFrom.length}>
              <header className="top">
                <p className="path">
                  <Link to="/data">Data</Link> / <Link to={`/data?project=${encodeURIComponent(project)}`}>{project}</Link>
                </p>
                <div className="spread">
                  <h1 className="cut">{name}</h1>
                  <div className="row">
                    <UploadButton className="main">Upload to {target}</UploadButton>
                  </div>
                </div>
                {repo.data.repo.description && <p>{repo.data.repo.description}</p>}
                <p className="facts">
                  <span>
                    <code>{`${project}/${name}`}</code> <Copy text={`${project}/${name}`} label="Copy the name" />
                  </span>
                  <span>
                    made <When time={repo.data.repo.created} />
                  </span>
                  {repo.data.repo.role && <span className="tag">{repo.data.repo.role}</span>}
                </p>
              </header>
              <div className="halves">
                <section aria-label="Branches">
                  <div className="spread">
                    <h2>Branches</h2>
                    {repo.data.mayWrite && (
                      <button type="button" className="quiet" onClick={() => setAsks("branch")} title="New branch (b)">
                        New branch
                      </button>
                    )}
                  </div>
                  {branches.length === 0 && <p className="hint">None yet: the first commit makes one.</p>}
                  <ul className="branches">
                    {branches.map((one) => (
                      <BranchLine
                        key={one.name}
                        branch={one}
                        isShown={one === shown}
                        place={{ project, repo: name, commit: one.name, path: [] }}
                        onShow={() => setParams({ branch: one.name })}
                        onDelete={repo.data.mayWrite ? () => setAsks(one) : undefined}
                      />
                    ))}
                  </ul>
                  {repo.data.repo.branches > branches.length && <p className="hint">and {grouped(repo.data.repo.branches - branches.length)} older ones</p>}
                </section>
                <CommitList project={project} repo={name} branch={branch === "*" ? undefined : shown} onShowAll={(all) => setParams(all ? { branch: "*" } : {})} />
              </div>
        </DropZone>
      )}
      {asks === "branch" && <NewBranch project={project} repo={name} from={shown?.head ? shown.name : ""} onClose={close} />}
      {typeof asks === "object" && <DeleteBranch project={project} repo={name} branch={asks} onClose={close} />}
    </div>
  );
}

interface BranchLineProps {
  branch: Branch;
  isShown: boolean;
  place: { project: string; repo: string; commit: string; path: string[] };
  onShow: () => void;
  onDelete: (() => void) | undefined;
}

function BranchLine({ branch, isShown, place, onShow, onDelete }: BranchLineProps) {
  const { head } = branch;
  return (
    <li aria-current={isShown}>
      <div className="spread">
        <button type="button" className="link cut" onClick={onShow} title="Show its commits">
          {branch.name}
        </button>
        <span className="row">
          {head && <Link to={placePage(place)}>files</Link>}
          {onDelete && (
            <button type="button" className="quiet" onClick={onDelete} aria-label={`Delete branch ${branch.name}`}>
              delete
            </button>
          )}
        </span>
      </div>
      <p className="hint">
        {head ? (
          <>
            <code>{head.id.slice(0, 8)}</code> · {bytes(head.size)} · <When time={head.started} />
          </>
        ) : (
          "no commits"
        )}
      </p>
      {branch.madeFrom.length > 0 && <p className="hint cut">made from {branch.madeFrom.join(", ")}</p>}
      {branch.trigger && <p className="hint">moves when {branch.trigger} does</p>}
    </li>
  );
}
