import type { RefObject } from "react";
import type { LogLine } from "../api/run.ts";
import { Icon } from "../ui/Icon.tsx";
import { grouped } from "../ui/number.ts";
import { SearchField } from "../ui/SearchField.tsx";

interface ConsoleBarProps {
  total: number;
  text: string;
  found: { lines: LogLine[]; more: boolean } | undefined;
  isFollowing: boolean;
  field: RefObject<HTMLInputElement | null>;
  /** Where all of the console is as a file. */
  address: string;
  onText: (text: string) => void;
  onStep: (by: number) => void;
  onFollow: (isOn: boolean) => void;
  workers: { worker: string; lines: number }[];
  /** Whose lines are shown; undefined for all. */
  worker: string | undefined;
  onWorker: (worker: string) => void;
}

/** Searching, following, keeping. */
export function ConsoleBar({ total, text, found, isFollowing, field, address, onText, onStep, onFollow, workers, worker, onWorker }: ConsoleBarProps) {
  return (
    <div className="bar">
      <SearchField
        field={field}
        label="Search the console"
        placeholder="Search, case counts  ( / )"
        value={text}
        onChange={onText}
        onEnter={(event) => onStep(event.shiftKey ? -1 : 1)}
      />
      <span className="hint" role="status">
        {found ? `${grouped(found.lines.length)}${found.more ? "+" : ""} found` : `${grouped(total)} lines`}
      </span>
      <button type="button" disabled={!found?.lines.length} onClick={() => onStep(1)}>
        Next
      </button>
      <button type="button" disabled={!found?.lines.length} onClick={() => onStep(-1)}>
        Previous
      </button>
      <button type="button" aria-pressed={isFollowing} onClick={() => onFollow(!isFollowing)} title="Follow (f)">
        Follow
      </button>
      {(workers.length > 1 || worker !== undefined) && (
        <select aria-label="Whose lines" value={worker ?? ""} onChange={(event) => onWorker(event.target.value)}>
          <option value="">All workers</option>
          {workers.map((one) => (
            <option key={one.worker} value={one.worker} disabled={!one.worker}>
              {one.worker || "(no worker)"} ({grouped(one.lines)})
            </option>
          ))}
        </select>
      )}
      <a className="button" href={address} download>
        <Icon name="download" /> All
      </a>
    </div>
  );
}
