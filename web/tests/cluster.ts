import { post } from "./mlflow.ts";
import type { Doors } from "./server.ts";

/** What tests know of the machines and what waits for them. */
export interface Cluster {
  /** A workload that waits for GPUs, and why is known. */
  waiting: string;
  /** A workload of the project "vision" that has three GPUs of the machine "gpu-a", and has not begun. */
  placed: string;
  queue: string;
  /** The runs that wait in the queue, next first. */
  queued: string[];
}

const gib = 1024 ** 3;

/** Machines with GPUs that nobody has, projects that share them, work that does and does not fit, and a queue of ClearML's. */
export async function seedCluster(doors: Doors): Promise<Cluster> {
  await machine(doors, "gpu-a", 4);
  await machine(doors, "gpu-b", 2);
  const share = (name: string, more: object) => post(`${doors.web}/api/shares`, { name, ...more });
  await share("lab", { terms: { gpu: { quota: 4, limit: 6 } } });
  await share("vision", { parent: "lab", terms: { gpu: { quota: 2 } } });
  await share("audio", { parent: "lab", terms: { gpu: { quota: 2, weight: 2 } } });
  await share("robots", { queue: "robots-gpu", terms: { gpu: { quota: 1, limit: 2 }, memory: { quota: 8 * gib } } });
  const submit = async (name: string, project: string, gpus: number) =>
    (await post<{ id: string }>(`${doors.web}/api/workloads`, { name, project, kind: "train", gpus, cpu_millicores: 4000, memory_bytes: 16 * gib, command: ["sleep", "3600"] })).id;
  const placed = await submit("resnet-large", "vision", 3);
  await submit("wav2vec", "audio", 1);
  await submit("conformer", "audio", 1);
  const waiting = await submit("segment-anything", "vision", 4);
  return { waiting, placed, ...(await queue(doors)) };
}

interface Order {
  attempt: { workload: string; replica: string; fence: number };
}

/** Says for a machine that what it was given of a workload runs, as its agent would. */
export async function begin(doors: Doors, node: string, workload: string): Promise<void> {
  const agent = { node, epoch: "1" };
  for (;;) {
    const { orders } = await post<{ orders: Order[] }>(`${doors.web}/api/agent/ask`, { ...agent, known: [], wait_seconds: 1 });
    const given = orders.filter((order) => order.attempt.workload === workload);
    if (given.length > 0) {
      const news = given.map(({ attempt }) => ({ attempt, kind: "Started", at: new Date().toISOString() }));
      await post(`${doors.web}/api/agent/report`, { ...agent, news });
      return;
    }
  }
}

async function machine(doors: Doors, node: string, gpus: number): Promise<void> {
  await post(`${doors.web}/api/agent/register`, {
    node,
    agent: node,
    epoch: "1",
    start: 1,
    running: [],
    machine: {
      cpu_millicores: 32_000,
      memory_bytes: 256 * gib,
      gpus: Array.from({ length: gpus }, (_, index) => ({ index, uuid: `${node}-${index}`, name: "NVIDIA A100", memory_bytes: 80 * gib })),
      labels: { "run.ai/type": "a100", rack: node.slice(-1) },
      taints: [],
      queues: [],
      executors: ["process", "docker"],
      agent_version: "1.0.0",
      address: "127.0.0.1",
    },
  });
}

/** Tasks in a queue that no project places: they stay where they are put. */
async function queue(doors: Doors): Promise<{ queue: string; queued: string[] }> {
  const made = await post<{ data: { id: string } }>(`${doors.clearml}/queues.create`, { name: "annotation" });
  const queued: string[] = [];
  for (const name of ["label-001", "label-002", "<b onclick=alert(1)>label-003</b>", "label-004"]) {
    const task = await post<{ data: { id: string } }>(`${doors.clearml}/tasks.create`, { name, type: "training" });
    await post(`${doors.clearml}/tasks.enqueue`, { task: task.data.id, queue: made.data.id });
    queued.push(task.data.id);
  }

  return { queue: made.data.id, queued };
}
