import { useRef, useState, type DragEvent } from "react";
import { Link } from "react-router";
import { useQueryClient } from "@tanstack/react-query";
import { send } from "../api/ask.ts";
import type { FilledQueue, QueueEntry } from "../api/shares.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { When } from "../ui/When.tsx";
import { moved, moveTo } from "./order.ts";
import { queueKey } from "./useQueues.ts";

interface EntryListProps {
  queue: FilledQueue;
  onProblem: (problem: Error | undefined) => void;
}

/** Entries that are put into another order by dragging, by buttons and by keys; it shows at once, and goes back if it is refused. */
export function EntryList({ queue, onProblem }: EntryListProps) {
  const [chosen, setChosen] = useState("");
  const [said, setSaid] = useState("");
  const [dragged, setDragged] = useState<string>();
  const [over, setOver] = useState<number>();
  const cache = useQueryClient();
  const list = useRef<HTMLOListElement>(null);
  const { entries } = queue;
  const at = entries.findIndex((entry) => entry.run === chosen);
  const key = queueKey(queue.id);
  const put = (from: number, to: number) => {
    const entry = entries[from];
    const place = Math.min(entries.length - 1, Math.max(0, to));
    const move = moveTo(from, place, queue.waiting);
    if (!entry || !move) {
      return;
    }

    setChosen(entry.run);
    void cache.cancelQueries({ queryKey: key, exact: true });
    cache.setQueryData<FilledQueue>(key, { ...queue, entries: moved(entries, from, place) });
    setSaid(`${entry.name} is number ${place + 1} of ${entries.length}`);
    send("POST", `/api/queues/${queue.id}/runs/${entry.run}/move`, move).then(() => onProblem(undefined), onProblem).finally(() => void cache.invalidateQueries({ queryKey: key }));
  };
  const remove = (entry: QueueEntry) => {
    cache.setQueryData<FilledQueue>(key, { ...queue, waiting: queue.waiting - 1, entries: entries.filter((one) => one !== entry) });
    setSaid(`${entry.name} waits no more`);
    send("DELETE", `/api/queues/${queue.id}/runs/${entry.run}`).then(() => onProblem(undefined), onProblem).finally(() => void cache.invalidateQueries({ queryKey: ["queues"] }));
  };
  const choose = (to: number) => {
    const next = entries[Math.min(entries.length - 1, Math.max(0, to))];
    setChosen(next?.run ?? "");
    list.current?.children[entries.findIndex((entry) => entry === next)]?.scrollIntoView({ block: "nearest" });
  };
  useShortcuts([
    { keys: "j", label: "Next", group: "Queue", run: () => choose(at + 1) },
    { keys: "k", label: "Previous", group: "Queue", run: () => choose(at - 1) },
    { keys: "J", label: "Move down", group: "Queue", run: () => put(at, at + 1) },
    { keys: "K", label: "Move up", group: "Queue", run: () => put(at, at - 1) },
    { keys: "T", label: "Move to the front", group: "Queue", run: () => put(at, 0) },
    { keys: "B", label: "Move to the back", group: "Queue", run: () => put(at, entries.length - 1) },
  ]);
  const drop = (event: DragEvent, to: number) => {
    event.preventDefault();
    put(entries.findIndex((entry) => entry.run === dragged), to);
    setDragged(undefined);
    setOver(undefined);
  };
  return (
    <>
      <ol className="entries" ref={list}>
        {entries.map((entry, place) => (
          <li
            key={entry.run}
            draggable
            aria-current={entry.run === chosen}
            className={over === place && dragged !== entry.run ? "over" : undefined}
            onClick={() => setChosen(entry.run)}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = "move";
              event.dataTransfer.setData("text/plain", entry.run);
              setDragged(entry.run);
            }}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(place);
            }}
            onDragEnd={() => setOver(undefined)}
            onDrop={(event) => drop(event, place)}
          >
            <Icon name="grip" />
            <span className="hint number place">{place + 1}</span>
            <span className="cut">
              <Link to={`/runs/${entry.run}`} draggable={false}>
                {entry.name || entry.run.slice(0, 8)}
              </Link>{" "}
              <span className="hint">{entry.project}</span>
              {entry.message && <span className="hint why">{entry.message}</span>}
            </span>
            <span className="hint">{entry.user}</span>
            <span className="hint since">
              <When time={entry.added} />
            </span>
            <span className="moves">
              <MoveButton icon="top" label={`Move ${entry.name} to the front`} isOff={place === 0} onClick={() => put(place, 0)} />
              <MoveButton icon="up" label={`Move ${entry.name} up`} isOff={place === 0} onClick={() => put(place, place - 1)} />
              <MoveButton icon="down" label={`Move ${entry.name} down`} isOff={place === entries.length - 1} onClick={() => put(place, place + 1)} />
              <MoveButton icon="bottom" label={`Move ${entry.name} to the back`} isOff={place === entries.length - 1} onClick={() => put(place, entries.length - 1)} />
              <MoveButton icon="close" label={`Take ${entry.name} out of the queue`} isOff={false} onClick={() => remove(entry)} />
            </span>
          </li>
        ))}
      </ol>
      <p className="unseen" role="status">
        {said}
      </p>
    </>
  );
}

function MoveButton({ icon, label, isOff, onClick }: { icon: IconName; label: string; isOff: boolean; onClick: () => void }) {
  return (
    <button type="button" className="quiet" disabled={isOff} title={label} aria-label={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
