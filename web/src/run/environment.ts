import type { Parameter, RunDetails } from "../api/run.ts";

/** What a run says of where it ran; any of it may be missing. */
type Described = Pick<RunDetails, "script" | "container" | "runtime">;

/** What a run ran in: image, interpreter, and the machine as ClearML's client describes it. */
export function environmentOf({ script, container, runtime }: Described): [string, string][] {
  const said = (key: string) => textOf(runtime?.[key]);
  const memory = said("memory_gb");
  const gpus = [Number(said("gpu_count")) > 0 ? said("gpu_count") : undefined, said("gpu_type")].filter(Boolean).join(" × ");
  const facts: [string, string | undefined][] = [
    ["Image", textOf(container?.image)],
    ["Arguments of the container", textOf(container?.arguments)],
    ["Python", said("python_version") ?? script?.binary],
    ["Interpreter", said("python_exec")],
    ["Host", said("hostname")],
    ["System", said("OS") ?? said("platform")],
    ["Processor", said("processor")],
    ["Processor cores", said("cpu_cores")],
    ["Memory", memory && `${memory} GiB`],
    ["GPUs", gpus || undefined],
    ["Memory of the GPUs", said("gpu_memory")],
    ["Driver of the GPUs", said("gpu_driver_version")],
    ["CUDA", said("gpu_driver_cuda_version")],
  ];
  return facts.filter((fact): fact is [string, string] => !!fact[1]);
}

/** What else a client noted while the run went on. Names that begin with an underscore are of the client alone. */
export function notedOf({ runtime }: Described): Parameter[] {
  return Object.entries(runtime ?? {}).flatMap(([name, value]) => {
    const text = name.startsWith("_") || machineKeys.has(name) ? undefined : textOf(value);
    return text ? [{ section: "", name, value: text }] : [];
  });
}

const machineKeys = new Set([
  "python_version",
  "python_exec",
  "hostname",
  "OS",
  "platform",
  "processor",
  "cpu_cores",
  "memory_gb",
  "gpu_count",
  "gpu_type",
  "gpu_memory",
  "gpu_driver_version",
  "gpu_driver_cuda_version",
]);

/** The packages of each list that a run has (pip, conda), by name; the version is empty where none is said. */
export function packagesOf({ script }: Described): { list: string; packages: [string, string][] }[] {
  return Object.entries(script?.requirements ?? {})
    .map(([list, content]) => ({ list, packages: linesOf(content).flatMap(packageOf) }))
    .filter((one) => one.packages.length > 0);
}

/** Of lines like name==1.2 the name and what follows it; comments and options of pip are no packages. */
function packageOf(line: string): [string, string][] {
  const found = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*(?:\[[^\]]*\])?)\s*(?:==\s*)?(.*)$/.exec(line);
  return found?.[1] ? [[found[1], found[2]?.trim() ?? ""]] : [];
}

function linesOf(content: unknown): string[] {
  return typeof content === "string" ? content.split("\n") : Array.isArray(content) ? content.map(String) : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value || undefined : typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}
