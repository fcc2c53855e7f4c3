import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";

/** The name of a queue, among those that there are. */
export function QueueField({ value, onChange, none }: { value: string; onChange: (queue: string) => void; none: string }) {
  const queues = useQuery({
    queryKey: ["queues", "names"],
    queryFn: async ({ signal }) => (await ask<{ queues: string[] }>("/api/runs/queues", signal)).queues,
    staleTime: 30_000,
  });
  return (
    <label>
      Queue
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{none}</option>
        {queues.data?.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
