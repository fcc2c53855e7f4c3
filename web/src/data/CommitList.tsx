import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import type { Branch, Commit, CommitPage } from "../api/data.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Icon } from "../ui/Icon.tsx";
import { bytes, grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { intoView, useListKeys } from "../ui/useListKeys.ts";
import { When } from "../ui/When.tsx";
import { placePage, repoAddress } from "./address.ts";
import { CommitMark } from "./CommitMark.tsx";
import { JobName } from "./JobName.tsx";

interface CommitListProps {
  project: string;
  repo: string;
  /** None: all commits of the repo. */
  branch: Branch | undefined;
  onShowAll: (all: boolean) => void;
}

/** Commits, newest first, a page at a time. */
export function CommitList({ project, repo, branch, onShowAll }: CommitListProps) {
  const isEmpty = branch !== undefined && !branch.head;
  const pages = useInfiniteQuery({
    queryKey: ["repo", project, repo, "commits", branch?.name, branch?.head?.id, branch?.head?.state],
    queryFn: ({ pageParam, signal }) =>
      ask<CommitPage>(`${repoAddress(project, repo)}/commits${query({ branch: branch?.name, before: pageParam })}`, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    enabled: !isEmpty,
  });
  const commits = pages.data?.pages.flatMap((page) => page.commits) ?? [];
  const [at, setAt] = useState(0);
  const [marked, setMarked] = useState<string[]>([]);
  const navigate = useNavigate();
  const place = (commit: Commit) => ({ project, repo, commit: commit.id, path: [] });
  useListKeys({
    one: "commit",
    group: "Commits",
    count: commits.length,
    at,
    onMove: setAt,
    onOpen: (index) => commits[index] && void navigate(placePage(place(commits[index]))),
  });
  // Two are compared: a third takes the place of the first.
  const mark = (id: string) => setMarked((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id].slice(-2)));
  const compare = () => {
    const [newer, older] = commits.filter((commit) => marked.includes(commit.id));
    if (newer && older) {
      void navigate(placePage(place(newer), { view: "changes", from: older.id }));
    }
  };
  useShortcuts([
    { keys: "x", label: "Mark the commit to compare it", group: "Commits", run: () => commits[at] && mark(commits[at].id) },
    { keys: "c", label: "Compare two marked commits", group: "Commits", run: compare },
  ]);
  return (
    <section aria-label="Commits">
      <div className="spread">
        <h2>{branch ? `Commits of ${branch.name}` : "All commits"}</h2>
        <span className="row">
          <button type="button" disabled={marked.length < 2} onClick={compare} title="Compare two marked commits (c)">
            <Icon name="compare" /> Compare
          </button>
          <button type="button" className="quiet" onClick={() => onShowAll(branch !== undefined)}>
            {branch ? "Show all branches" : "Show one branch"}
          </button>
        </span>
      </div>
      <Problem error={pages.error} />
      {(isEmpty || pages.data?.pages[0]?.commits.length === 0) && <p className="hint">No commits yet. Drop files here, or write with any client.</p>}
      <ul className="commits">
        {commits.map((commit, index) => (
          <li key={commit.id} ref={index === at ? intoView : undefined} className={index === at ? "at" : undefined} onClick={() => setAt(index)}>
            <div className="spread">
              <span className="row cut">
                <input type="checkbox" aria-label={`Mark ${commit.id.slice(0, 12)}`} checked={marked.includes(commit.id)} onChange={() => mark(commit.id)} />
                <Link className="cut" to={placePage(place(commit))}>
                  {commit.message || <code>{commit.id.slice(0, 12)}</code>}
                </Link>
              </span>
              <span className="row">
                <Link to={placePage(place(commit), { view: "changes" })}>changes</Link>
                <CommitMark of={commit.state} />
              </span>
            </div>
            <p className="hint line">
              {commit.message && <code>{commit.id.slice(0, 12)}</code>}
              {!branch && <span>{commit.branch}</span>}
              <span>{commit.job ? <JobName of={commit.job} /> : commit.by}</span>
              <When time={commit.started} />
              <span>
                {grouped(commit.files)} {commit.files === 1 ? "file" : "files"}, {bytes(commit.size)}
              </span>
            </p>
            {commit.error && <p className="bad">{commit.error}</p>}
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <button type="button" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Older commits
        </button>
      )}
    </section>
  );
}
