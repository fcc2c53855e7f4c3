import { useRef, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { Entry, Listing } from "../api/data.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Icon } from "../ui/Icon.tsx";
import { bytes, grouped } from "../ui/number.ts";
import { SearchField } from "../ui/SearchField.tsx";
import { SortHead } from "../ui/SortHead.tsx";
import { useListKeys } from "../ui/useListKeys.ts";
import { withParam } from "../ui/withParam.ts";
import { placePage, type Place } from "./address.ts";
import { useChildren, type ListingView } from "./useChildren.ts";

const rowHeight = 26;

/** A directory of any size: the rows that can be seen are asked for, and are in the document. */
export function Directory({ place, fixed, listing, view }: { place: Place; fixed: Place; listing: Listing; view: ListingView }) {
  const [params, setParams] = useSearchParams();
  const [at, setAt] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const total = listing.total ?? 0;
  const rows = useVirtualizer({ count: total, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 15 });
  const shown = rows.getVirtualItems();
  const childAt = useChildren(fixed, view, shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0);
  const pageOf = (child: Entry) => placePage({ ...place, path: [...place.path, child.name] });
  const change = (name: string, value: string) => {
    setAt(0);
    scroller.current?.scrollTo({ top: 0 });
    setParams(withParam(params, name, value), { replace: true });
  };
  useListKeys({
    one: "file",
    group: "Files",
    count: total,
    at,
    onMove: (to) => {
      setAt(to);
      rows.scrollToIndex(to);
    },
    onOpen: (index) => {
      const child = childAt(index);
      if (child) {
        void navigate(pageOf(child));
      }
    },
  });
  useShortcuts([
    { keys: "/", label: "Find by the beginning of a name", group: "Files", run: () => field.current?.focus() },
    { keys: "Backspace", label: "Up to the folder above", group: "Files", run: () => place.path.length > 0 && void navigate(placePage({ ...place, path: place.path.slice(0, -1) })) },
  ]);
  const heads = { sort: view.sort || "name", onSort: (sort: string) => change("sort", sort === "name" ? "" : sort) };
  return (
    <div className="directory">
      <div className="bar">
        <SearchField label="Names that begin with" placeholder="Names that begin with ( / )" value={view.prefix} field={field} onChange={(prefix) => change("prefix", prefix)} />
        <span className="hint" role="status">
          {listing.isCut ? `the first ${grouped(total)} of more` : grouped(total)} {total === 1 ? "entry" : "entries"}; {grouped(listing.entry.files)} files, {bytes(listing.entry.size)} in all
        </span>
      </div>
      {listing.isCut && <p className="hint note">This directory has more entries than are listed: narrow it by the beginning of a name.</p>}
      {total === 0 ? (
        <p className="hint note">{view.prefix ? "No name begins so." : "Nothing is in here."}</p>
      ) : (
        <div className="scroller" ref={scroller}>
          <div role="table" aria-label="Files" aria-rowcount={total + 1} className="list files">
            <div role="row" className="head">
              <SortHead column="name" title="Name" {...heads} />
              <SortHead column="type" title="Type" {...heads} />
              <SortHead column="files" title="Files" isNumber {...heads} />
              <SortHead column="size" title="Size" isNumber {...heads} />
            </div>
            <div role="rowgroup" style={{ height: rows.getTotalSize() }}>
              {shown.map((item) => {
                const child = childAt(item.index);
                return (
                  <div
                    key={item.index}
                    role="row"
                    aria-rowindex={item.index + 2}
                    className={item.index === at ? "at" : undefined}
                    style={{ transform: `translateY(${item.start}px)` }}
                    onClick={() => setAt(item.index)}
                  >
                    {child && <Row child={child} page={pageOf(child)} />}
                  </div>
                );
              })}
            </div>
          </div>
        </div>
      )}
    </div>
  );
}

function Row({ child, page }: { child: Entry; page: string }) {
  return (
    <>
      <span role="cell" className="cut" title={child.name}>
        <Icon name={child.isFolder ? "folder" : "file"} /> <Link to={page}>{child.name}</Link>
      </span>
      <span role="cell" className="hint cut">
        {child.isFolder ? "folder" : typeOf(child.name)}
      </span>
      <span role="cell" className="number hint">
        {child.isFolder && grouped(child.files)}
      </span>
      <span role="cell" className="number" title={`${grouped(child.size)} bytes`}>
        {bytes(child.size)}
      </span>
    </>
  );
}

/** What a file is called at its end; nothing where that says nothing. */
function typeOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
}
