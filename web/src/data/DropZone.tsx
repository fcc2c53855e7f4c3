import { useRef, useState, type DragEvent, type ReactNode } from "react";
import { Taking } from "./taking.ts";
import { filesOf, type NewFile } from "./upload.ts";
import { UploadDialog } from "./UploadDialog.tsx";

interface DropZoneProps {
  project: string;
  repo: string;
  branch: string;
  folder: string;
  /** Whether files may be put there. */
  isOn: boolean;
  children: ReactNode;
}

/** What is inside takes files that are dropped on it, or picked by an `UploadButton` in it. */
export function DropZone({ project, repo, branch, folder, isOn, children }: DropZoneProps) {
  const [files, setFiles] = useState<NewFile[] | undefined>();
  const [isOver, setOver] = useState(false);
  const depth = useRef(0);
  // Entering a child comes before leaving its parent, so both are counted.
  const count = (event: DragEvent, by: number) => {
    if (isOn && event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
      depth.current += by;
      setOver(depth.current > 0);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    if (isOn) {
      void filesOf(event.dataTransfer.items).then((found) => found.length > 0 && setFiles(found));
    }
  };
  return (
    <div
      className={isOver ? "zone over" : "zone"}
      onDragEnter={(event) => count(event, 1)}
      onDragLeave={(event) => count(event, -1)}
      // A file that is dropped beside would be opened in place of the page.
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <Taking value={isOn ? setFiles : undefined}>{children}</Taking>
      {isOver && (
        <p className="drop" aria-hidden="true">
          Drop files to put them {folder ? `in ${folder} of` : "on"} {branch}
        </p>
      )}
      {files && files.length > 0 && (
        <UploadDialog project={project} repo={repo} branch={branch} folder={folder} files={files} onClose={() => setFiles(undefined)} />
      )}
    </div>
  );
}
