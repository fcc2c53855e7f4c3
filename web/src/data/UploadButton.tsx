import { use, useRef } from "react";
import { useShortcuts } from "../app/shortcuts.ts";
import { Taking } from "./taking.ts";
import { pickedFiles } from "./upload.ts";

/** Opens the picker of files; nothing where none may be put. */
export function UploadButton({ className, children }: { className: string; children: React.ReactNode }) {
  const take = use(Taking);
  const picker = useRef<HTMLInputElement>(null);
  const pick = () => picker.current?.click();
  useShortcuts(take ? [{ keys: "u", label: "Upload files", group: "Files", run: pick }] : []);
  return take ? (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Files to upload"
        onChange={(event) => {
          take(pickedFiles(event.target.files));
          event.target.value = "";
        }}
      />
      <button type="button" className={className} onClick={pick} title="Upload files (u); or drop them here">
        {children}
      </button>
    </>
  ) : null;
}
