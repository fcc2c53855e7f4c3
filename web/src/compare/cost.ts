import type { ComparedRun } from "../api/compare.ts";
import { short } from "../ui/number.ts";
import { duration } from "../ui/time.ts";
import { hasValue, type ComparedRow } from "./rows.ts";

/** How long each went on, and what it had meanwhile: as the scheduler knows it, or of the GPUs that ClearML's client sees. */
export function costRows(runs: ComparedRun[]): ComparedRow[] {
  const hours = (of: number | null | undefined) => (of === undefined || of === null ? undefined : `${short(of)} h`);
  const seconds = runs.map(({ run }) => (run.started ? Math.max(0, ((run.completed ? Date.parse(run.completed) : Date.now()) - Date.parse(run.started)) / 1000) : undefined));
  const gpuHours = runs.map(({ spent, runtime }, at) => {
    const seen = Number(runtime?.gpu_count);
    return spent ? spent.gpuHours : seen > 0 && seconds[at] !== undefined ? (seen * seconds[at]) / 3600 : undefined;
  });
  const cpuHours = runs.map(({ spent }) => spent?.cpuHours ?? undefined);
  const row = (name: string, numbers: (number | undefined)[], text: (value: number | undefined) => string | undefined): ComparedRow => ({ name, numbers, values: numbers.map(text) });
  return [
    row("Took", seconds, (value) => (value === undefined ? undefined : duration(value))),
    row("GPU hours", gpuHours, hours),
    row("CPU hours", cpuHours, hours),
  ].filter(hasValue);
}
