import { Link, useSearchParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import type { ModelDetails } from "../api/models.ts";
import type { FileList } from "../api/run.ts";
import { Preview } from "../preview/Preview.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Icon } from "../ui/Icon.tsx";
import { bytes } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import "../run/run.css";

/** The files of a model as folders, and what is in the one that is open. */
export function ModelFiles({ of }: { of: ModelDetails }) {
  const [params] = useSearchParams();
  const path = params.get("path") ?? "";
  const file = params.get("file");
  const list = useQuery({
    queryKey: ["model", of.id, "files", path],
    queryFn: ({ signal }) => ask<FileList>(`/api/models/${of.id}/files${query({ path })}`, signal),
    staleTime: 30_000,
  });
  if (list.data?.files.length === 0 && !path) {
    return (
      <Empty title="Its files are not stored here">
        <p>
          It names <code>{of.uri || "no place"}</code>.
        </p>
      </Empty>
    );
  }

  const parts = path ? path.split("/") : [];
  return (
    <div className="artifacts">
      <div>
        <Problem error={list.error} />
        <p className="path">
          <Link to="?show=files">{of.name}</Link>
          {parts.map((part, at) => (
            <span key={parts.slice(0, at + 1).join("/")}>
              {" / "}
              <Link to={query({ path: parts.slice(0, at + 1).join("/") })}>{part}</Link>
            </span>
          ))}
        </p>
        <ul className="files">
          {list.data?.files.map((one) => (
            <li key={one.path} aria-current={one.path === file}>
              <Icon name={one.isFolder ? "folder" : "file"} />
              <Link className="cut" to={one.isFolder ? query({ path: one.path }) : query({ path, file: one.path, show: "files" })}>
                {one.name}
              </Link>
              <span className="hint">{!one.isFolder && bytes(one.size)}</span>
            </li>
          ))}
        </ul>
      </div>
      {file && <Preview key={file} name={file} address={`/api/models/${of.id}/files/${file.split("/").map(encodeURIComponent).join("/")}`} />}
    </div>
  );
}
