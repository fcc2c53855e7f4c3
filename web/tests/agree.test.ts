import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { putFiles } from "./files.ts";
import { MLflow, post } from "./mlflow.ts";
import { useBrowser, visit } from "./page.ts";
import { Pipelines } from "./pipelines.ts";
import { startServer, type Doors, type RunningServer } from "./server.ts";

/**
 * One server, several doors: what was made through one of them is the same through all others. The command line speaks Pachyderm's
 * gRPC, so that it stands for both.
 */
useBrowser();

const kinds = ["running", "completed", "failed", "stopped"] as const;
type Kind = (typeof kinds)[number];
const ofMLflow: Record<Kind, string> = { running: "RUNNING", completed: "FINISHED", failed: "FAILED", stopped: "KILLED" };
const ofClearML: Record<Kind, string> = { running: "in_progress", completed: "completed", failed: "failed", stopped: "stopped" };

interface Execution {
  id: string;
  name: string;
  kind: Kind;
}

const repos = Array.from({ length: 8 }, (_, at) => ({ name: `agreed-${at}`, text: "x".repeat(100 * (at + 1)) }));
const pipelines = ["agreed-copy", "agreed-count", "agreed-refusal"];
const queues = ["agreed-small", "agreed-large"];
const executions: Execution[] = [];
const commits = new Map<string, string>();
let server: RunningServer | undefined;
let doors: Doors;
afterAll(() => server?.stop());

beforeAll(async () => {
  server = await startServer();
  doors = server.doors;
  const mlflow = new MLflow(doors.mlflow);
  const experiment = await mlflow.experiment("agreed");
  for (let at = 0; at < 12; at++) {
    const kind = kinds[at % 4] ?? "running";
    const name = `by mlflow ${at} <i>&amp;</i>`;
    const id = await mlflow.run(experiment, name, Date.now());
    await (kind === "running" || mlflow.end(id, ofMLflow[kind], Date.now()));
    executions.push({ id, name, kind });
  }

  for (let at = 0; at < 12; at++) {
    executions.push(await byClearML(`by clearml ${at} "quoted"`, kinds[at % 4] ?? "running"));
  }

  for (const { name, text } of repos) {
    await post(`${doors.web}/api/data/repos`, { project: "default", name });
    commits.set(name, await putFiles(doors.web, `default/${name}@master`, `First of ${name}`, { "/a.txt": text }));
  }

  const spec = new Pipelines(doors);
  for (const [at, name] of pipelines.entries()) {
    const stdin = name.endsWith("refusal") ? ["exit 3"] : ["cp -r /pfs/agreed-*/. /pfs/out/"];
    await spec.put({ pipeline: { name }, transform: { cmd: ["sh"], stdin }, datumTries: 1, input: { pfs: { repo: `agreed-${at}`, glob: "/*" } } });
  }

  for (const name of queues) {
    await clearml("queues.create", { name });
  }
});

test("24 runs and 3 jobs are the same to MLflow, ClearML, the command line and the browser", async () => {
  await expect.poll(() => jobs().filter((job) => /SUCCESS|FAILURE/.test(job.state)).length, { timeout: 20_000, interval: 500 }).toBe(3);
  const expected = new Map(executions.map(({ id, name, kind }) => [id, { name, kind }]));
  for (const { id, pipeline, state } of jobs()) {
    expected.set(id, { name: (await ofMLflowDoor(id)).name, kind: state === "JOB_SUCCESS" ? "completed" : "failed" });
    expect(state === "JOB_SUCCESS").toBe(pipeline !== "agreed-refusal");
  }

  expect(expected.size).toBe(27);
  for (const [id, { name, kind }] of expected) {
    expect(await ofMLflowDoor(id)).toEqual({ name, status: ofMLflow[kind] });
    const [task] = (await clearml<{ tasks: { name: string; status: string }[] }>("tasks.get_all", { id: [id] })).tasks;
    expect(task).toMatchObject({ name, status: ofClearML[kind] });
  }

  const table = async (page: Page) => {
    for (const [id, { name, kind }] of expected) {
      const row = page.getByRole("row").filter({ has: page.locator(`a[href="/runs/${id}"]`) });
      expect(await row.getByRole("link").innerText()).toBe(name);
      await row.locator(".status").filter({ hasText: kind }).waitFor();
    }
  };
  await visit("/runs?col=name&col=status", table, { height: 2400, server: doors.web });
});

test("8 repos with their commits are the same to Pachyderm's clients and the browser", async () => {
  const listed = raw<{ repo: { name: string }; details: { size_bytes: string } }>("list", "repo");
  for (const { name, text } of repos) {
    expect(listed.find((one) => one.repo.name === name)?.details.size_bytes).toBe(String(text.length));
    const [head] = raw<{ commit: { id: string }; details: { size_bytes: string } }>("list", "commit", `${name}@master`);
    expect(head).toMatchObject({ commit: { id: commits.get(name) }, details: { size_bytes: String(text.length) } });
  }

  await visit(
    "/data?q=agreed-&sort=name",
    async (page) => {
      for (const { name, text } of repos) {
        await page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) }).getByTitle(`${text.length} bytes`).waitFor();
      }

      for (const { name } of repos) {
        await page.goto(`/data/default/${name}`);
        await page.locator(`a[href*="${commits.get(name)}"]`).first().waitFor();
      }
    },
    { server: doors.web },
  );
});

test("3 pipelines with their jobs, and 2 queues, are the same to their own clients and the browser", async () => {
  const listed = raw<{ pipeline: { name: string }; state: string }>("list", "pipeline").map((one) => one.pipeline.name);
  expect(listed).toEqual(expect.arrayContaining(pipelines));
  const all = await clearml<{ queues: { id: string; name: string }[] }>("queues.get_all", {});
  const list = async (page: Page) => {
    for (const { id, pipeline, state } of jobs()) {
      await page.getByRole("row").filter({ has: page.locator(`a[href="/jobs/default/${pipeline}/${id}"]`) }).getByText(state === "JOB_SUCCESS" ? "done" : "failed").first().waitFor();
    }

    await page.goto("/queues/lists");
    for (const name of queues) {
      const { id } = all.queues.find((one) => one.name === name) ?? { id: "" };
      await page.locator(`a[href$="queue=${id}"]`).filter({ hasText: name }).waitFor();
    }
  };
  await visit("/pipelines?view=list", list, { server: doors.web });
});

async function byClearML(name: string, kind: Kind): Promise<Execution> {
  const { id } = await clearml<{ id: string }>("tasks.create", { name, type: "training" });
  await clearml("tasks.started", { task: id });
  const end = { completed: "tasks.completed", failed: "tasks.failed", stopped: "tasks.stopped", running: undefined }[kind];
  await (end && clearml(end, { task: id }));
  return { id, name, kind };
}

async function clearml<T>(call: string, body: object): Promise<T> {
  return (await post<{ data: T }>(`${doors.clearml}/${call}`, body)).data;
}

async function ofMLflowDoor(id: string): Promise<{ name: string; status: string }> {
  const answer = await fetch(`${doors.mlflow}/api/2.0/mlflow/runs/get?run_id=${id}`);
  const { run } = (await answer.json()) as { run: { info: { run_name: string; status: string } } };
  return { name: run.info.run_name, status: run.info.status };
}

function jobs(): { id: string; pipeline: string; state: string }[] {
  return pipelines.flatMap((pipeline) =>
    raw<{ job: { id: string }; state: string }>("list", "job", "--pipeline", pipeline).map((one) => ({ id: one.job.id, pipeline, state: one.state })),
  );
}

/** What `braid ... --raw` prints: objects, one after the other. */
function raw<T>(...args: string[]): T[] {
  const program = process.env.BRAID_CLI ?? join(import.meta.dirname, "../../artifacts/publish/cli/braid");
  const env = { ...process.env, PACHD_ADDRESS: doors.pachyderm };
  const text = execFileSync(program, [...args, "--raw"], { env, encoding: "utf8" });
  return JSON.parse(`[${text.replaceAll(/^\}\{$/gm, "},{")}]`) as T[];
}
