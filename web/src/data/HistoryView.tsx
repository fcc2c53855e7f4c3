import { Link } from "react-router";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import type { PathHistory } from "../api/data.ts";
import { bytes } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { When } from "../ui/When.tsx";
import { placeAddress, placePage, type Place } from "./address.ts";

/** The commits that changed a path, newest first, each with what it changed. */
export function HistoryView({ place }: { place: Place }) {
  const path = place.path.join("/");
  const pages = useInfiniteQuery({
    queryKey: ["place", place.project, place.repo, place.commit, path, "history"],
    queryFn: ({ pageParam, signal }) => ask<PathHistory>(placeAddress({ ...place, commit: pageParam }, "history"), signal),
    initialPageParam: place.commit,
    getNextPageParam: (page) => page.next,
  });
  const changes = pages.data?.pages.flatMap((page) => page.changes) ?? [];
  return (
    <section className="column" aria-label="History">
      <p className="hint">The commits of this line that changed {path ? <code>/{path}</code> : "anything"}, newest first.</p>
      <Problem error={pages.error} />
      {pages.data && changes.length === 0 && <p className="hint">None.</p>}
      <ul className="commits">
        {changes.map(({ commit, size }) => (
          <li key={commit.id}>
            <div className="spread">
              <Link className="cut" to={placePage({ ...place, commit: commit.id, path: size === null ? [] : place.path })}>
                {commit.message || <code>{commit.id.slice(0, 12)}</code>}
              </Link>
              <span className="row">
                <span className={size === null ? "bad" : "hint"}>{size === null ? "removed" : bytes(size)}</span>
                <Link to={placePage({ ...place, commit: commit.id }, { view: "changes" })}>changes</Link>
              </span>
            </div>
            <p className="hint line">
              {commit.message && <code>{commit.id.slice(0, 12)}</code>}
              <span>{commit.by}</span>
              <When time={commit.started} />
            </p>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <button type="button" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Older changes
        </button>
      )}
    </section>
  );
}
