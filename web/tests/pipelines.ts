import type { Doors } from "./server.ts";

/** Pipelines over the browser's own calls: what begins them is a cron input that is ticked, so that no other door is needed. */
export class Pipelines {
  readonly #web: string;

  constructor(doors: Doors) {
    this.#web = doors.web;
  }

  async put(spec: object, more: object = {}): Promise<void> {
    await this.#send("PUT", "/api/pipelines", { spec, ...more });
  }

  async tick(name: string): Promise<void> {
    await this.#send("POST", `/api/pipelines/default/${name}/tick`, {});
  }

  /** The jobs of a pipeline that had something to do, the newest first. */
  async jobs(name: string): Promise<{ id: string; finished: string | null }[]> {
    const answer = await fetch(`${this.#web}/api/pipelines/default/${name}/jobs`);
    const { jobs } = (await answer.json()) as { jobs: { id: string; finished: string | null; progress: { total: number } }[] };
    return jobs.filter((job) => job.progress.total > 0);
  }

  async #send(method: string, path: string, body: object): Promise<void> {
    const answer = await fetch(this.#web + path, { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } });
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    }
  }
}

const shell = (...lines: string[]) => ({ cmd: ["sh"], stdin: lines });

/** Scans come with each tick; edges are found of each, but for some that cannot be read; what is downstream fails or waits. */
export async function seedPipelines(pipelines: Pipelines): Promise<void> {
  const night = { cron: { name: "night", spec: "@never", overwrite: true } };
  await pipelines.put({
    pipeline: { name: "scans" },
    description: "Fetches scans <img src=x onerror=alert(1)>",
    transform: shell('for i in $(seq 1 12); do echo "scan $i" > /pfs/out/scan-$i.txt; done', "cp -r /pfs/night /pfs/out/ticks"),
    input: night,
  });
  await pipelines.put({
    pipeline: { name: "edges" },
    transform: {
      ...shell('n=$(ls /pfs/scans); echo "reading $n <script>alert(1)</script>"; case $n in *7.txt) exit 3;; esac; cp -r /pfs/scans/* /pfs/out/'),
      err_cmd: ["true"],
    },
    input: { pfs: { repo: "scans", glob: "/*" } },
  });
  await pipelines.put({ pipeline: { name: "labels" }, transform: shell("exit 4"), datumTries: 1, input: { pfs: { repo: "scans", glob: "/scan-1.txt" } } });
  await pipelines.put({
    pipeline: { name: "train" },
    transform: shell("true"),
    input: { cross: [{ pfs: { repo: "edges", glob: "/" } }, { pfs: { repo: "labels", glob: "/" } }] },
  });
  await pipelines.tick("scans");
}
