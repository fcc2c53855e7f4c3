import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import type { Queue } from "../api/shares.ts";
import { Empty } from "../ui/Empty.tsx";
import { Problem } from "../ui/Problem.tsx";
import { EntryList } from "./EntryList.tsx";
import { useQueue, useQueueList } from "./useQueues.ts";

/** ClearML's queues: what waits in each, next first, in an order that people change. */
export function QueueTab() {
  const [params] = useSearchParams();
  const queues = useQueueList();
  const chosen = params.get("queue") ?? fullest(queues.data ?? [])?.id ?? "";
  const queue = useQueue(chosen);
  const [problem, setProblem] = useState<Error>();
  if (queues.data?.length === 0) {
    return <Empty title="There are no queues" />;
  }

  return (
    <div className="lists">
      <nav aria-label="Queues">
        <ul className="names">
          {queues.data?.map((one) => (
            <li key={one.id}>
              <Link to={`?queue=${one.id}`} aria-current={one.id === chosen}>
                <span className="cut">{one.title || one.name}</span>
                <span className="hint">{one.waiting}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div>
        <Problem error={queues.error ?? queue.error ?? problem} onRetry={() => void queue.refetch()} />
        {queue.data && (
          <>
            <div className="bar">
              <h2>{queue.data.title || queue.data.name}</h2>
              <p className="hint">
                {queue.data.share ? (
                  <>
                    placed by project <Link to={`/queues/work?project=${encodeURIComponent(queue.data.share)}`}>{queue.data.share}</Link>, within its quota
                  </>
                ) : (
                  "handed out to whichever agent comes first"
                )}
              </p>
            </div>
            {queue.data.entries.length === 0 ? (
              <p className="hint none">Nothing waits here.</p>
            ) : (
              <EntryList queue={queue.data} onProblem={setProblem} />
            )}
            {queue.data.entries.length < queue.data.waiting && (
              <p className="hint none">and {queue.data.waiting - queue.data.entries.length} more behind these</p>
            )}
          </>
        )}
      </div>
    </div>
  );
}

/** What one most likely wants to see. */
function fullest(queues: readonly Queue[]): Queue | undefined {
  return queues.toSorted((one, other) => other.waiting - one.waiting)[0];
}
