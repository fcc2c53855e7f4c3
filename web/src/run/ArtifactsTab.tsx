import { Link, useSearchParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import type { FileList, NamedArtifact, StoredFile } from "../api/run.ts";
import { Empty } from "../ui/Empty.tsx";
import { Icon } from "../ui/Icon.tsx";
import { bytes } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { Preview } from "../preview/Preview.tsx";
import { useShownRun } from "./useRun.ts";

/** The files of a run as folders, the artifacts that it names, and what is in the one that is open. */
export function ArtifactsTab() {
  const { run } = useShownRun();
  const [params] = useSearchParams();
  const path = params.get("path") ?? "";
  const file = params.get("file");
  const artifact = params.get("artifact");
  const list = useQuery({
    queryKey: ["run", run.id, "files", path],
    queryFn: ({ signal }) => ask<FileList>(`/api/runs/${run.id}/files${query({ path })}`, signal),
  });
  if (list.data && !path && list.data.files.length + list.data.artifacts.length === 0) {
    return <Empty title="No files were logged" />;
  }

  return (
    <div className="artifacts">
      <div>
        <Problem error={list.error} />
        <Path of={path} />
        <ul className="files">
          {list.data?.files.map((one) => (
            <FileLine key={one.path} file={one} folder={path} isOpen={one.path === file} />
          ))}
          {list.data?.artifacts.map((one) => (
            <ArtifactLine key={`${one.mode} ${one.key}`} artifact={one} isOpen={one.key === artifact} />
          ))}
        </ul>
      </div>
      {file && <Preview key={file} name={file} address={`/api/runs/${run.id}/files/${encodePath(file)}`} />}
      {artifact && <Preview key={artifact} name={artifact} address={`/api/runs/${run.id}/artifacts/${encodePath(artifact)}`} />}
    </div>
  );
}

function Path({ of }: { of: string }) {
  const parts = of ? of.split("/") : [];
  return (
    <p className="path">
      <Link to="?">artifacts</Link>
      {parts.map((part, at) => (
        <span key={parts.slice(0, at + 1).join("/")}>
          {" / "}
          <Link to={query({ path: parts.slice(0, at + 1).join("/") })}>{part}</Link>
        </span>
      ))}
    </p>
  );
}

function FileLine({ file, folder, isOpen }: { file: StoredFile; folder: string; isOpen: boolean }) {
  return (
    <li aria-current={isOpen}>
      <Icon name={file.isFolder ? "folder" : "file"} />
      <Link className="cut" to={file.isFolder ? query({ path: file.path }) : query({ path: folder, file: file.path })}>
        {file.name}
      </Link>
      <span className="hint">{!file.isFolder && bytes(file.size)}</span>
    </li>
  );
}

function ArtifactLine({ artifact, isOpen }: { artifact: NamedArtifact; isOpen: boolean }) {
  return (
    <li aria-current={isOpen} title={artifact.uri}>
      <Icon name="file" />
      <Link className="cut" to={query({ artifact: artifact.key })}>
        {artifact.key}
      </Link>
      <span className="hint">{[artifact.mode, artifact.type, artifact.size === null ? "" : bytes(artifact.size)].filter(Boolean).join(", ")}</span>
    </li>
  );
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
