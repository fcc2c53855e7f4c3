import { putFiles } from "./files.ts";
import { post } from "./mlflow.ts";
import { Pipelines } from "./pipelines.ts";
import type { Doors } from "./server.ts";

/** Runs to compare: two jobs that read two commits of a repo, and two programs with code that is in no commit. */
export interface Compared {
  read: string[];
  coded: string[];
}

const markup = "<img src=x onerror=alert(1)>";

const packages = ["astropy==6.1.3", "matplotlib==3.9.2", "pandas==2.2.3", "photutils==1.13.0", "pillow==10.4.0", "pyyaml==6.0.2", "requests==2.32.3", "scipy==1.14.1", "torch==2.4.1", "tqdm==4.66.5"];

export async function seedCompared(doors: Doors): Promise<Compared> {
  await post(`${doors.web}/api/data/repos`, { project: "default", name: "plates", description: "Photographed by night" });
  const pipelines = new Pipelines(doors);
  await pipelines.put({ pipeline: { name: "measure" }, transform: { cmd: ["true"] }, input: { pfs: { repo: "plates", glob: "/" } } });
  const stars = (count: number) => `star,magnitude\n${Array.from({ length: 40 }, (_, at) => `${at},${(at % 7) + (at === count ? 0.5 : 0)}`).join("\n")}`;
  await putFiles(doors.web, "default/plates@master", "The first night", { "/stars.csv": stars(3), "/notes.txt": "clear\n", "/<img src=x>.txt": "old\n" });
  await putFiles(doors.web, "default/plates@master", "Measured again", { "/stars.csv": stars(9), "/<img src=x>.txt": "new\n", "/moon.txt": "full\n" });
  const coded = await Promise.all([program(doors, "fit, by hand", "0.1", 18), program(doors, "fit, by steps", "0.3", 34)]);
  return { read: await runsOf(doors, 2), coded };
}

async function program(doors: Doors, name: string, rate: string, depth: number): Promise<string> {
  const diff = `diff --git a/fit.py b/fit.py\n--- a/fit.py\n+++ b/fit.py\n@@ -1,2 +1,2 @@\n-rate = 0\n+rate = ${rate}  # ${markup}\ndiff --git a/same.py b/same.py\n@@ -1 +1 @@\n+x = 1\n`;
  const made = await post<{ data: { id: string } }>(`${doors.clearml}/tasks.create`, {
    name,
    type: "training",
    script: { repository: "https://git.example.org/stars.git", branch: "main", version_num: "c0ffee", entry_point: "fit.py", diff, requirements: { pip: `# Python 3.12\nnumpy==2.${depth}\n${packages.join("\n")}` } },
    hyperparams: { Args: { rate: { section: "Args", name: "rate", value: rate }, epochs: { section: "Args", name: "epochs", value: "40" } }, General: { seed: { section: "General", name: "seed", value: "7" } } },
    configuration: { net: { name: "net", type: "dictionary", value: `depth = ${depth}\nwidths = [\n  64,\n  128\n]\n` } },
    runtime: { hostname: "node-1", OS: "Linux", python_version: "3.12.1", cpu_cores: 16, memory_gb: 125.6, gpu_count: 1, gpu_type: "H100", gpu_memory: "80GB", gpu_driver_version: "550.54" },
  });
  return made.data.id;
}

/** The jobs' runs, the first one first. */
async function runsOf(doors: Doors, count: number): Promise<string[]> {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await fetch(`${doors.web}/api/pipelines/default/measure/jobs`);
    const { jobs } = (await answer.json()) as { jobs: { run: string; progress: { total: number } }[] };
    const runs = jobs.filter((job) => job.progress.total > 0).map((job) => job.run);
    if (runs.length >= count) {
      return runs.slice(0, count).toReversed();
    }

    await new Promise((resolve) => setTimeout(resolve, 100));
  }

  throw new Error(`the pipeline 'measure' has not ${count} jobs after 10 s`);
}
