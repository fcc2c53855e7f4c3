import { MLflow, post } from "./mlflow.ts";
import { report } from "./reports.ts";
import type { Doors } from "./server.ts";

/** What the tests know of the data. */
export interface Seeded {
  /** A run with everything: curves, a console, artifacts, code. */
  full: string;
  /** Runs of one sweep, the first made first. */
  sweep: string[];
  failed: string;
  running: string;
  /** A run that reported plots and samples, from two ranks, with names that try to be markup. */
  reported: string;
}

/** 2026-01-05 09:00 UTC: the same data every time. */
const start = Date.UTC(2026, 0, 5, 9);
const optimizers = ["adam", "sgd", "lamb"] as const;

/** A few projects' worth of runs, made as their clients make them: by MLflow's and ClearML's own calls. */
export async function seed(doors: Doors): Promise<Seeded> {
  const mlflow = new MLflow(doors.mlflow);
  const digits = await mlflow.experiment("vision/digits");
  const sweep: string[] = [];
  for (let at = 0; at < 60; at++) {
    sweep.push(await trained(mlflow, digits, at));
  }

  const speech = await mlflow.experiment("speech");
  const failed = await mlflow.run(speech, "wav2vec-base", Date.now() - 600_000);
  await mlflow.log(failed, { params: { lr: "0.003" }, metrics: { "ctc/loss": 9.7 } });
  await mlflow.end(failed, "FAILED", Date.now() - 300_000);
  const running = await mlflow.run(speech, "wav2vec-large", Date.now() - 60_000);
  await mlflow.log(running, { params: { lr: "0.001" }, metrics: { "ctc/loss": 3.1 } });
  await post(`${doors.clearml}/queues.create`, { name: "gpu" });
  return { full: await full(mlflow, doors, digits), sweep, failed, running, reported: await report(mlflow, doors) };
}

async function trained(mlflow: MLflow, experiment: string, at: number): Promise<string> {
  const begin = start + at * 60_000;
  const run = await mlflow.run(experiment, `sweep-${String(at).padStart(2, "0")}`, begin);
  const rate = 0.001 * (1 + (at % 7));
  const metrics: Record<string, number> = { accuracy: 0.9 + 0.0015 * at, loss: 1 / (1 + at) };
  for (let slice = 0; slice < 20; slice++) {
    metrics[`slices/class-${slice}`] = 0.8 + ((at * 7 + slice * 3) % 20) / 100;
  }

  await mlflow.log(run, {
    params: { lr: rate.toFixed(3), optimizer: optimizers[at % 3] ?? "", epochs: "10", "data/classes": "10" },
    metrics,
  });
  await mlflow.end(run, "FINISHED", begin + 45_000 + at * 1000);
  return run;
}

async function full(mlflow: MLflow, doors: Doors, experiment: string): Promise<string> {
  const run = await mlflow.run(experiment, "resnet-18, warm restart", start + 80 * 60_000);
  await mlflow.log(run, { params: { lr: "0.002", optimizer: "adam", epochs: "40" }, tags: { "mlflow.note.content": "Best so far." } });
  for (const [name, of] of curves) {
    await mlflow.curve(run, name, 2000, start + 80 * 60_000, of);
  }

  await mlflow.file(experiment, run, "report.html", "<h1>Report</h1><script>top.document.title = 'stolen'</script>", "text/html");
  await mlflow.file(experiment, run, "notes/plan.md", "# Plan\n\n- train longer", "text/markdown");
  await mlflow.file(experiment, run, "notes/config.json", JSON.stringify({ depth: 18, widths: [64, 128] }), "application/json");
  await mlflow.file(experiment, run, "drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='top.x = 1'><circle r='9'/></svg>", "image/svg+xml");
  await mlflow.file(experiment, run, "paper.pdf", pdf("Warm restarts", "app.alert(1)"), "application/pdf");
  await console(doors, run);
  await mlflow.end(run, "FINISHED", start + 86 * 60_000);
  return run;
}

/** One page that says something, and a script that wants to run when it is opened. */
function pdf(text: string, script: string): string {
  const content = `BT /F1 36 Tf 60 120 Td (${text}) Tj ET`;
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (${script}) >> >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 240] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  return `%PDF-1.4\n${objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`).join("")}trailer << /Root 1 0 R /Size 6 >>\n%%EOF\n`;
}

const curves: [string, (step: number) => number][] = [
  ["train/loss", (step) => 2 * Math.exp(-step / 400) + 0.08 * noise(step, 1) + 0.1],
  ["val/loss", (step) => 2.1 * Math.exp(-step / 450) + 0.05 * noise(step, 2) + 0.16],
  ["accuracy", (step) => 1 - Math.exp(-step / 300) * 0.9 - 0.02 * Math.abs(noise(step, 3))],
  ["lr", (step) => 0.002 * (0.5 + 0.5 * Math.cos((step % 500) / 160))],
];

/** The same for the same step: between -1 and 1. */
function noise(step: number, kind: number): number {
  const wave = Math.sin(step * 12.9898 + kind * 78.233) * 43_758.5453;
  return 2 * (wave - Math.floor(wave)) - 1;
}

/** A console as ClearML's client sends it. */
async function console(doors: Doors, run: string): Promise<void> {
  const lines = Array.from({ length: 3000 }, (_, at) => ({
    type: "log",
    task: run,
    level: "info",
    worker: "node-1",
    timestamp: start + 80 * 60_000 + at * 50,
    msg: line(at),
  }));
  for (let from = 0; from < lines.length; from += 500) {
    await post(`${doors.clearml}/events.add_batch`, lines.slice(from, from + 500).map((one) => JSON.stringify(one)).join("\n"));
  }
}

function line(at: number): string {
  return at === 0
    ? "\u001b[1mBraid\u001b[0m \u001b[32mready\u001b[0m <script>alert(1)</script>"
    : at === 1234
      ? "\u001b[31mWARNING: gradient norm 113.7 was clipped\u001b[0m"
      : at % 100 === 99
        ? `10%|#         | 1/10\r100%|##########| 10/10 epoch ${(at + 1) / 100}`
        : `step ${at} loss ${(2 * Math.exp(-at / 400)).toFixed(4)}`;
}
