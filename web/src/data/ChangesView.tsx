import { Link, useSearchParams } from "react-router";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import type { Changes } from "../api/data.ts";
import { Problem } from "../ui/Problem.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { intoView, useListKeys } from "../ui/useListKeys.ts";
import { withParam } from "../ui/withParam.ts";
import { at, placeAddress, placePage, type Place } from "./address.ts";
import { ChangeSizes, ChangeTotals } from "./ChangeWords.tsx";
import { FileDiff } from "./FileDiff.tsx";

const pageSize = 200;

/** What differs from another commit: the parent, or the one that the address names. */
export function ChangesView({ place, parent }: { place: Place; parent: string | null }) {
  const [params, setParams] = useSearchParams();
  const from = params.get("from") ?? "";
  const file = params.get("file");
  const path = place.path.join("/");
  const pages = useInfiniteQuery({
    queryKey: ["place", place.project, place.repo, place.commit, path, "changes", from],
    queryFn: ({ pageParam, signal }) => ask<Changes>(placeAddress(place, "changes", { from, offset: pageParam, count: pageSize }), signal),
    initialPageParam: 0,
    getNextPageParam: (page, all) => (page.changes.length === pageSize ? all.length * pageSize : undefined),
  });
  const first = pages.data?.pages[0];
  const changes = pages.data?.pages.flatMap((page) => page.changes) ?? [];
  const choose = (name: string, value: string) => setParams(withParam(params, name, value), { replace: name === "from" });
  const chosen = changes.find((one) => one.path === file) ?? (changes.length === 1 ? changes[0] : undefined);
  useListKeys({
    one: "change",
    group: "Changes",
    count: changes.length,
    at: changes.findIndex((one) => one === chosen),
    onMove: (index) => changes[index] && setParams(withParam(params, "file", changes[index].path), { replace: true }),
  });
  return (
    <div className="changes">
      <section aria-label="Changes">
        <div className="bar">
          <SearchField label="Compared with" title="A commit's id, a branch, or branch^2" placeholder={parent ? "its parent; or a commit, a branch" : "nothing: it is the first"} value={from} onChange={(value) => choose("from", value.trim())} />
          {first && <ChangeTotals of={first} />}
        </div>
        <Problem error={pages.error} />
        {first && changes.length === 0 && <p className="hint note">Nothing differs.</p>}
        <ul className="changed">
          {changes.map((change) => (
            <li key={change.path} ref={change === chosen ? intoView : undefined} aria-current={change === chosen}>
              <button type="button" className="link cut" title={change.path} onClick={() => choose("file", change.path)}>
                {change.path}
              </button>
              <ChangeSizes of={change} />
            </li>
          ))}
        </ul>
        {pages.hasNextPage && (
          <button type="button" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Show more
          </button>
        )}
      </section>
      {chosen && first && (
        <section aria-label={`What changed in ${chosen.path}`}>
          <div className="spread">
            <h2 className="cut">{chosen.path}</h2>
            <Link to={placePage(at({ ...place, commit: chosen.newSize === null ? (first.old?.id ?? place.commit) : place.commit }, chosen.path))}>open</Link>
          </div>
          <FileDiff
            key={chosen.path}
            name={chosen.path}
            before={chosen.oldSize === null || !first.old ? undefined : placeAddress(at({ ...place, commit: first.old.id }, chosen.path), "content")}
            after={chosen.newSize === null ? undefined : placeAddress(at({ ...place, commit: first.new.id }, chosen.path), "content")}
          />
        </section>
      )}
    </div>
  );
}
