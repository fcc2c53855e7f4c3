import { seedCluster, type Cluster } from "./cluster.ts";
import { seedCompared, type Compared } from "./compared.ts";
import { putFiles } from "./files.ts";
import { MLflow, post } from "./mlflow.ts";
import { Pipelines, seedPipelines } from "./pipelines.ts";
import { registerVersions } from "./registered.ts";
import type { Seeded } from "./seed.ts";
import type { Doors } from "./server.ts";

/** What the guide's pictures show beyond the runs of all tests. */
export interface Shown extends Seeded, Cluster, Compared {
  /** The newest commit of the repo `default/photos`, and the one before. */
  commits: { before: string; newest: string };
  /** The newest job of the pipeline `default/edges` that has found edges. */
  job: string;
  /** A version of the registered model `digits`. */
  model: string;
}

export async function seedShown(doors: Doors, seeded: Seeded): Promise<Shown> {
  const pipelines = new Pipelines(doors);
  await seedPipelines(pipelines);
  const cluster = await seedCluster(doors);
  const commits = await photos(doors);
  const model = await registered(doors, seeded);
  await measured(doors, seeded.full);
  const compared = await seedCompared(doors);
  return { ...seeded, ...cluster, ...compared, commits, model, job: await finished(pipelines, "edges") };
}

async function photos({ web }: Doors): Promise<{ before: string; newest: string }> {
  await post(`${web}/api/data/repos`, { project: "default", name: "photos", description: "What the cameras of the yard saw" });
  const circle = (colour: string, x: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400"><rect width="640" height="400" fill="#e8edf2"/><circle cx="${x}" cy="200" r="120" fill="${colour}"/></svg>`;
  const labels = (threshold: number) => `photo,label,score\n${Array.from({ length: 60 }, (_, at) => `yard/${at}.svg,${at % 3 ? "crane" : "truck"},${(threshold + at / 200).toFixed(3)}`).join("\n")}`;
  const yard = Object.fromEntries(Array.from({ length: 24 }, (_, at) => [`/yard/${String(at).padStart(3, "0")}.svg`, circle("#2f7ebc", 80 + at * 20)]));
  const before = await putFiles(web, "default/photos@master", "The first day", { ...yard, "/labels.csv": labels(0.5), "/camera.json": JSON.stringify({ lens: "35mm", threshold: 0.75 }, null, 1) });
  const newest = await putFiles(web, "default/photos@master", "Labels looked at again", { "/labels.csv": labels(0.6), "/yard/003.svg": circle("#c0553b", 300), "/camera.json": JSON.stringify({ lens: "50mm", threshold: 0.5 }, null, 1) });
  return { before, newest };
}

/** The name `digits` with aliases; gives one of its versions. */
async function registered(doors: Doors, seeded: Seeded): Promise<string> {
  const runs = await registerVersions(doors, seeded, "digits", "Tells handwritten digits from each other.");
  for (const at of runs.keys()) {
    await post(`${doors.mlflow}/api/2.0/mlflow/registered-models/alias`, { name: "digits", alias: at ? "champion" : "previous", version: String(at + 1) });
  }

  const list = (await (await fetch(`${doors.web}/api/models?q=digits`)).json()) as { models: { id: string }[] };
  return list.models[0]?.id ?? "";
}

/** What MLflow's client tells of the machine while a run goes on. */
async function measured(doors: Doors, run: string): Promise<void> {
  const mlflow = new MLflow(doors.mlflow);
  const begin = Date.UTC(2026, 0, 5, 9) + 80 * 60_000;
  const wave = (middle: number, by: number, length: number) => (step: number) => middle + by * Math.sin(step / length) + by * 0.3 * Math.sin(step * 1.7);
  const keys: [string, (step: number) => number][] = [
    ["system/cpu_utilization_percentage", wave(62, 14, 60)],
    ["system/system_memory_usage_percentage", (step) => 31 + step / 60],
    ["system/gpu_0_utilization_percentage", wave(88, 7, 35)],
    ["system/gpu_0_memory_usage_percentage", (step) => 71 + (step > 200 ? 6 : 0)],
    ["system/gpu_0_power_usage_watts", wave(540, 60, 35)],
    ["system/network_receive_megabytes", (step) => step * 2.4],
  ];
  for (const [key, of] of keys) {
    await mlflow.curve(run, key, 1000, begin, of);
  }
}

async function finished(pipelines: Pipelines, name: string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const job = (await pipelines.jobs(name)).find((one) => one.finished);
    if (job) {
      return job.id;
    }

    await new Promise((resolve) => setTimeout(resolve, 200));
  }

  throw new Error(`the pipeline '${name}' has no finished job after 20 s`);
}
