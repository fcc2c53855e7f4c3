import { Console } from "../console/Console.tsx";
import { useShownRun } from "./useRun.ts";

/** What the run printed, while it prints it. */
export function ConsoleTab() {
  const { run } = useShownRun();
  return <Console run={run.id} status={run.status} />;
}
