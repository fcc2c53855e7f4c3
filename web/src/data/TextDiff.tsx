import { useQueries } from "@tanstack/react-query";
import { readRange } from "../preview/ranges.ts";
import { Problem } from "../ui/Problem.tsx";
import Hunks from "./Hunks.tsx";

/** Of a longer text, the beginning is compared. */
const mostBytes = 1024 * 1024;

/** Two files line by line, with some lines around what differs. */
export default function TextDiff({ before, after }: { before: string; after: string }) {
  const texts = useQueries({
    queries: [before, after].map((address) => ({
      queryKey: ["diff", address],
      queryFn: ({ signal }: { signal: AbortSignal }) => readBeginning(address, signal),
      staleTime: Infinity,
    })),
  });
  const [old, now] = texts.map((text) => text.data);
  if (!old || !now) {
    return <Problem error={texts.find((text) => text.error)?.error} />;
  }

  return (
    <div className="diff">
      {(old.isCut || now.isCut) && <p className="hint">The first MiB of each is compared.</p>}
      <Hunks before={old.text} after={now.text} />
    </div>
  );
}

async function readBeginning(address: string, signal: AbortSignal): Promise<{ text: string; isCut: boolean }> {
  const { bytes, total } = await readRange(address, 0, mostBytes, signal);
  return { text: new TextDecoder().decode(bytes), isCut: total > mostBytes };
}
