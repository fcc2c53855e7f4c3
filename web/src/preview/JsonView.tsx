import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { readRange } from "./ranges.ts";
import TextView from "./TextView.tsx";

/** A longer one is shown as the text that it is. */
const mostBytes = 4 * 1024 * 1024;
/** Members that are shown at first, and by each "more". */
const some = 100;
const openDepth = 2;

/** JSON as a tree whose branches open; what is no JSON, or too long, as text. */
export default function JsonView({ address }: { address: string }) {
  const file = useQuery({ queryKey: ["json", address], queryFn: ({ signal }) => readJson(address, signal), staleTime: 10_000 });
  if (file.error) {
    return <Problem error={file.error} />;
  }

  if (file.data?.value === undefined) {
    return file.data ? <TextView address={address} /> : null;
  }

  return (
    <div className="json">
      <Value value={file.data.value} depth={0} />
    </div>
  );
}

function Value({ name, value, depth }: { name?: string; value: unknown; depth: number }) {
  const label = name !== undefined && <span className="name">{name}: </span>;
  if (value === null || typeof value !== "object") {
    return (
      <div>
        {label}
        <span className={typeof value}>{JSON.stringify(value)}</span>
      </div>
    );
  }

  return <Branch label={label} value={value} depth={depth} />;
}

function Branch({ label, value, depth }: { label: React.ReactNode; value: object; depth: number }) {
  const [isOpen, setOpen] = useState(depth < openDepth);
  const [shown, setShown] = useState(some);
  const members = Object.entries(value);
  const [begin, end] = Array.isArray(value) ? "[]" : "{}";
  if (members.length === 0) {
    return (
      <div>
        {label}
        {begin}
        {end}
      </div>
    );
  }

  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {label}
        {begin}
        <span className="hint">{grouped(members.length)}</span>
        {end}
      </summary>
      {isOpen && members.slice(0, shown).map(([key, member]) => <Value key={key} name={key} value={member} depth={depth + 1} />)}
      {isOpen && members.length > shown && (
        <button type="button" className="link" onClick={() => setShown(shown + some)}>
          {grouped(members.length - shown)} more
        </button>
      )}
    </details>
  );
}

async function readJson(address: string, signal: AbortSignal): Promise<{ value?: unknown }> {
  const { bytes, total } = await readRange(address, 0, mostBytes, signal);
  if (total > mostBytes) {
    return {};
  }

  try {
    return { value: JSON.parse(new TextDecoder().decode(bytes)) as unknown };
  } catch {
    // No JSON, whatever it is called: the text shows what it is.
    return {};
  }
}
