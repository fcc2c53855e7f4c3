import { Link, useLocation, useSearchParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import type { Commit, CommitDetails } from "../api/data.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Copy } from "../ui/Copy.tsx";
import { Icon } from "../ui/Icon.tsx";
import { bytes, grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { useTitle } from "../ui/useTitle.ts";
import { When } from "../ui/When.tsx";
import { isBranch, placeAddress, placePage, readPlace, repoAddress, repoPage, shortCommit, type Place } from "./address.ts";
import { ChangesView } from "./ChangesView.tsx";
import { CommitMark } from "./CommitMark.tsx";
import { DropZone } from "./DropZone.tsx";
import { FilesView } from "./FilesView.tsx";
import { HistoryView } from "./HistoryView.tsx";
import { JobName } from "./JobName.tsx";
import { LinksView } from "./LinksView.tsx";
import { UploadButton } from "./UploadButton.tsx";
import "./data.css";

const views = [
  { name: "", title: "Files" },
  { name: "changes", title: "Changes" },
  { name: "history", title: "History" },
  { name: "links", title: "Made from, used by" },
];

/** A commit, at one of its files or directories. */
export function PlacePage() {
  const place = readPlace(useLocation().pathname);
  const [params, setParams] = useSearchParams();
  const view = params.get("view") ?? "";
  const { project, repo } = place;
  const isOnBranch = isBranch(place.commit);
  const details = useQuery({
    queryKey: ["place", project, repo, place.commit, "commit"],
    queryFn: ({ signal }) => ask<CommitDetails>(`${repoAddress(project, repo)}/commits/${encodeURIComponent(place.commit)}`, signal),
    refetchInterval: (state) => (isOnBranch || state.state.data?.commit.state !== "finished" ? 5000 : false),
  });
  useTitle(`${place.path.at(-1) ?? repo} · ${repo}@${shortCommit(place.commit)}`);
  useShortcuts(
    views.map((one, at) => ({ keys: String(at + 1), label: one.title, group: "Commit", run: () => setParams(one.name ? { view: one.name } : {}) })),
  );
  const commit = details.data?.commit;
  const folder = place.path.join("/");
  return (
    <DropZone project={project} repo={repo} branch={place.commit} folder={folder} isOn={isOnBranch && view === "" && !!details.data?.mayWrite}>
        <div className="data place">
          <header className="top">
            <Crumbs of={place} />
            <Problem error={details.error} onRetry={() => void details.refetch()} />
            {commit && <Facts of={commit} />}
          </header>
          <nav className="tabs" aria-label="Of this commit">
            {views.map((one) => (
              <Link key={one.name} to={placePage(place, { view: one.name })} className={one.name === view ? "active" : undefined} aria-current={one.name === view ? "page" : undefined}>
                {one.title}
              </Link>
            ))}
            <span className="push row">
              <UploadButton className="quiet">Upload</UploadButton>
              <a className="button quiet" href={placeAddress(place, "archive")} download title="Everything here as one tar file">
                <Icon name="download" /> tar
              </a>
            </span>
          </nav>
          {details.data && <View name={view} place={place} details={details.data} />}
        </div>
    </DropZone>
  );
}

/** A branch moves on: what is shown together is of the one commit that it was when it was asked. */
function View({ name, place, details }: { name: string; place: Place; details: CommitDetails }) {
  const fixed = { ...place, commit: details.commit.id };
  switch (name) {
    case "changes":
      return <ChangesView place={fixed} parent={details.commit.parent} />;
    case "history":
      return <HistoryView place={fixed} />;
    case "links":
      return <LinksView of={details} />;
    default:
      return <FilesView place={place} fixed={fixed} />;
  }
}

function Crumbs({ of: place }: { of: Place }) {
  const { project, repo, commit, path } = place;
  return (
    <nav aria-label="Path" className="crumbs">
      <Link to="/data">Data</Link> /{" "}
      <Link to={`/data?project=${encodeURIComponent(project)}`}>{project}</Link> / <Link to={repoPage(project, repo)}>{repo}</Link> @{" "}
      <Link className="mono" to={placePage({ ...place, path: [] })} title={commit}>
        {shortCommit(commit)}
      </Link>
      {path.map((name, index) => (
        <span key={path.slice(0, index + 1).join("/")}>
          {" / "}
          <Link to={placePage({ ...place, path: path.slice(0, index + 1) })}>{name}</Link>
        </span>
      ))}
    </nav>
  );
}

function Facts({ of: commit }: { of: Commit }) {
  return (
    <>
      <h1 className="cut" title={commit.message}>
        {commit.message || `Commit ${commit.id.slice(0, 12)}`}
      </h1>
      <p className="facts">
        <CommitMark of={commit.state} />
        <span>
          <code>{commit.id}</code> <Copy text={commit.id} label="Copy the id" />
        </span>
        <span>on {commit.branch}</span>
        <span>{commit.job ? <JobName of={commit.job} /> : commit.by}</span>
        <span>
          <When time={commit.started} />
        </span>
        <span>
          {grouped(commit.files)} {commit.files === 1 ? "file" : "files"}, {bytes(commit.size)}
        </span>
      </p>
      {commit.error && <p className="bad">{commit.error}</p>}
    </>
  );
}
