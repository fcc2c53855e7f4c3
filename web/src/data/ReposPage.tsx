import { useRef, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import type { RepoList, RepoRow } from "../api/data.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Empty } from "../ui/Empty.tsx";
import { bytes, grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { SortHead } from "../ui/SortHead.tsx";
import { intoView, useListKeys } from "../ui/useListKeys.ts";
import { useTitle } from "../ui/useTitle.ts";
import { When } from "../ui/When.tsx";
import { withParam } from "../ui/withParam.ts";
import { repoPage } from "./address.ts";
import { NewRepo } from "./NewRepo.tsx";
import "./data.css";

const pageSize = 200;

/** All repos: the server searches and sorts; the address says how. */
export function ReposPage() {
  const [params, setParams] = useSearchParams();
  const [text, project, sort] = [params.get("q") ?? "", params.get("project") ?? "", params.get("sort") ?? "-lastCommit"];
  const [isMaking, setMaking] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const pages = useRepos({ q: text, project, sort });
  const first = pages.data?.pages[0];
  const repos = pages.data?.pages.flatMap((page) => page.repos);
  const change = (name: string, value: string) => setParams((before) => withParam(before, name, value));
  useTitle("Data");
  useShortcuts([
    { keys: "/", label: "Search repos", group: "Repos", run: () => field.current?.focus() },
    { keys: "n", label: "New repo", group: "Repos", run: () => first?.mayWrite && setMaking(true) },
  ]);
  return (
    <div className="data">
      <header className="bar">
        <h1>Data</h1>
        <span className="hint" role="status">
          {first && grouped(first.count)}
        </span>
        <SearchField label="Search repos" placeholder="Search names and descriptions ( / )" value={text} field={field} onChange={(q) => change("q", q)} />
        {first && first.projects.length > 1 && (
          <select aria-label="Project" value={project} onChange={(event) => change("project", event.target.value)}>
            <option value="">All projects</option>
            {first.projects.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        )}
        {first?.mayWrite && (
          <button type="button" className="main push" onClick={() => setMaking(true)} title="New repo (n)">
            New repo
          </button>
        )}
      </header>
      <Problem error={pages.error} onRetry={() => void pages.refetch()} />
      {repos?.length === 0 ? (
        <NoRepos isNarrowed={!!(text || project)} onClear={() => setParams({})} />
      ) : (
        <RepoTable repos={repos ?? []} sort={sort} onSort={(next) => change("sort", next)} />
      )}
      {pages.hasNextPage && (
        <button type="button" className="more" onClick={() => void pages.fetchNextPage()}>
          Show more
        </button>
      )}
      {isMaking && first && <NewRepo projects={first.projects} project={project} onClose={() => setMaking(false)} />}
    </div>
  );
}

function RepoTable({ repos, sort, onSort }: { repos: RepoRow[]; sort: string; onSort: (sort: string) => void }) {
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  useListKeys({
    one: "repo",
    group: "Repos",
    count: repos.length,
    at,
    onMove: setAt,
    onOpen: (index) => repos[index] && void navigate(repoPage(repos[index].project, repos[index].name)),
  });
  const heads = { sort, onSort };
  return (
    <div className="list repos" role="table" aria-label="Repos">
      <div role="row" className="head">
        <SortHead column="name" title="Name" {...heads} />
        <SortHead column="project" title="Project" {...heads} />
        <span role="columnheader" className="wide">
          Description
        </span>
        <SortHead column="size" title="Size" isNumber {...heads} />
        <SortHead column="branches" title="Branches" isNumber {...heads} />
        <SortHead column="lastCommit" title="Last commit" isNumber {...heads} />
      </div>
      {repos.map((repo, index) => (
        <div key={`${repo.project}/${repo.name}`} role="row" ref={index === at ? intoView : undefined} className={index === at ? "at" : undefined} onClick={() => setAt(index)}>
          <span role="cell" className="cut">
            <Link to={repoPage(repo.project, repo.name)}>{repo.name}</Link>
            {repo.role && <span className="tag">{repo.role}</span>}
          </span>
          <span role="cell" className="cut">
            {repo.project}
          </span>
          <span role="cell" className="cut hint wide" title={repo.description}>
            {repo.description}
          </span>
          <span role="cell" className="number" title={`${grouped(repo.size)} bytes at the head of master`}>
            {bytes(repo.size)}
          </span>
          <span role="cell" className="number">
            {grouped(repo.branches)}
          </span>
          <span role="cell" className="number hint">
            {repo.lastCommit ? <When time={repo.lastCommit} /> : "none"}
          </span>
        </div>
      ))}
    </div>
  );
}

function NoRepos({ isNarrowed, onClear }: { isNarrowed: boolean; onClear: () => void }) {
  return isNarrowed ? (
    <Empty title="No repo is like this">
      <button type="button" onClick={onClear}>
        Show all repos
      </button>
    </Empty>
  ) : (
    <Empty title="There are no repos yet">
      <p>A repo keeps every version of a set of files. Make one here, with <code>pachctl create repo</code>, or as a bucket of S3.</p>
    </Empty>
  );
}

function useRepos(narrowing: { q: string; project: string; sort: string }) {
  return useInfiniteQuery({
    queryKey: ["repos", narrowing],
    queryFn: ({ pageParam, signal }) => ask<RepoList>(`/api/data/repos${query({ ...narrowing, offset: pageParam, count: pageSize })}`, signal),
    initialPageParam: 0,
    getNextPageParam: (page, all) => (all.length * pageSize < page.count ? all.length * pageSize : undefined),
    placeholderData: keepPreviousData,
  });
}
