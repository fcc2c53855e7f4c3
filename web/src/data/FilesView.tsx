import { useSearchParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import type { Listing } from "../api/data.ts";
import { Preview } from "../preview/Preview.tsx";
import { bytes } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { placeAddress, type Place } from "./address.ts";
import { Directory } from "./Directory.tsx";
import { chunk } from "./useChildren.ts";

interface FilesViewProps {
  /** As the address names it, and as links go on. */
  place: Place;
  /** The same, of the commit that it is now. */
  fixed: Place;
}

/** What is at a place: a directory's children, or a file's content. */
export function FilesView({ place, fixed }: FilesViewProps) {
  const [params] = useSearchParams();
  const view = { sort: params.get("sort") ?? "", prefix: params.get("prefix") ?? "" };
  const path = place.path.join("/");
  const listing = useQuery({
    queryKey: ["place", fixed.project, fixed.repo, fixed.commit, path, view, 0],
    queryFn: ({ signal }) => ask<Listing>(placeAddress(fixed, "files", { ...view, offset: 0, count: chunk }), signal),
    // A listing that is narrowed or sorted anew stays until the next one is here; that of another path does not.
    placeholderData: (before, query) => (query?.queryKey[4] === path ? before : undefined),
  });
  if (!listing.data) {
    return <Problem error={listing.error} onRetry={() => void listing.refetch()} />;
  }

  const { entry } = listing.data;
  if (entry.isFolder) {
    return <Directory key={path} place={place} fixed={fixed} listing={listing.data} view={view} />;
  }

  return (
    <div className="file">
      <Preview key={entry.hash} name={entry.name} address={placeAddress(fixed, "content")}>
        <span className="hint">{bytes(entry.size)}</span>
      </Preview>
    </div>
  );
}
