import { deflateSync } from "node:zlib";
import { MLflow, post } from "./mlflow.ts";
import type { Doors } from "./server.ts";

const start = Date.UTC(2026, 0, 6, 9);

/** Names and texts that are markup, wherever somebody would forget that they are texts. */
export const hostile = "<img src=x onerror=\"document.title='stolen'\">";

/** What ClearML's client reports beside scalars: figures, samples, a console of several ranks. */
export async function report(mlflow: MLflow, doors: Doors): Promise<string> {
  const experiment = await mlflow.experiment("vision/segments");
  const run = await mlflow.run(experiment, `unet ${hostile}`, start);
  await mlflow.log(run, {
    params: { depth: "5", notes: hostile },
    tags: { "mlflow.note.content": `Compare with resnet. ${hostile}`, stage: hostile },
    metrics: { dice: 0.87, ":monitor:machine/cpu_usage": 71, ":monitor:gpu/gpu_0_utilization": 93 },
  });
  const events = [...plots(), ...(await samples(doors, run)), ...lines()];
  await post(`${doors.clearml}/events.add_batch`, events.map((event) => JSON.stringify({ task: run, timestamp: start, ...event })).join("\n"));
  await mlflow.end(run, "FINISHED", start + 3_600_000);
  return run;
}

function plots(): object[] {
  const plot = (metric: string, variant: string, iter: number, figure: object) => ({ type: "plot", metric, variant, iter, plot_str: JSON.stringify(figure) });
  const matrix = (epoch: number) => ({
    data: [{ type: "heatmap", x: ["road", "car", "sky"], y: ["road", "car", "sky"], z: [[50 + epoch, 3, 1], [4, 40 + epoch, 2], [1, 1, 60]], colorscale: "Blues" }],
    layout: { title: "confusion", xaxis: { title: "predicted" }, yaxis: { title: "true" } },
  });
  const wave = Array.from({ length: 60 }, (_, at) => Math.sin(at / 6) * Math.exp(-at / 40));
  return [
    ...[1, 2, 3].map((epoch) => plot("confusion", "val", epoch, matrix(epoch))),
    plot("precision", "recall", 3, { data: [{ type: "scatter", mode: "lines", y: wave.map((y) => 0.5 + y / 2) }], layout: { xaxis: { title: "recall" }, yaxis: { title: "precision" } } }),
    plot("weights", "layer 1", 3, { data: [{ type: "bar", y: wave.map(Math.abs) }], layout: { bargap: 0 } }),
    plot("slices", "table", 3, { data: [{ type: "table", header: { values: ["slice", "dice"] }, cells: { values: [["night", "rain", hostile], [0.81, 0.84, 0.9]] } }], layout: {} }),
    plot(hostile, "x", 3, { data: [{ type: "scatter", y: [1, 3, 2], name: hostile, text: [hostile, hostile, hostile] }], layout: { title: hostile, annotations: [{ text: `<a href="javascript:alert(1)">${hostile}</a>`, x: 1, y: 2 }] } }),
  ];
}

async function samples(doors: Doors, run: string): Promise<object[]> {
  const events: object[] = [];
  const add = async (metric: string, variant: string, iter: number, name: string, bytes: BlobPart, type: string) =>
    events.push({ type: "training_debug_image", metric, variant, iter, url: await upload(doors, `${run}/metrics/${name}`, bytes, type) });
  for (const iter of [0, 100, 200, 300]) {
    for (const [at, variant] of ["street", "bridge", "harbour", "tunnel"].entries()) {
      await add("masks", variant, iter, `${variant}_${iter}.png`, picture(at, iter / 300), "image/png");
    }
  }

  await add("reports", "page", 300, "page.html", `<h1>Samples</h1><script>top.document.title = 'stolen'</script>`, "text/html");
  await add("reports", hostile, 300, "drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='top.x = 1'><circle r='9'/></svg>", "image/svg+xml");
  return events;
}

async function upload(doors: Doors, path: string, bytes: BlobPart, type: string): Promise<string> {
  const form = new FormData();
  form.append(path, new Blob([bytes], { type }), path.slice(path.lastIndexOf("/") + 1));
  const answer = await fetch(doors.files, { method: "POST", body: form });
  if (!answer.ok) {
    throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  return `${doors.files}/${path}`;
}

function lines(): object[] {
  return Array.from({ length: 400 }, (_, at) => ({
    type: "log",
    worker: `rank-${at % 2}`,
    level: "info",
    timestamp: start + at * 1000,
    msg: at === 101 ? `rank 1: ${hostile}` : `rank ${at % 2}: step ${at >> 1} loss ${(2 / (1 + at / 40)).toFixed(4)}`,
  }));
}

const size = 48;

/** A small PNG: a picture of blobs with a mask that gets better. */
function picture(kind: number, good: number): Uint8Array<ArrayBuffer> {
  const rows = Buffer.alloc(size * (size * 3 + 1));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const blob = Math.sin((x + kind * 9) / 7) * Math.cos((y - kind * 5) / 9);
      const isMasked = blob + (1 - good) * Math.sin(x * 3.1 + y * 5.7) > 0.35;
      const shade = 90 + 90 * blob;
      rows.set([isMasked ? 240 : shade, isMasked ? 130 + 60 * good : shade, isMasked ? 40 : shade + 20], y * (size * 3 + 1) + 1 + x * 3);
    }
  }

  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return new Uint8Array(Buffer.concat([Buffer.from("\u0089PNG\r\n\u001a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(checksum(body), body.length + 4);
  return whole;
}

/** CRC-32, as PNG wants it. */
function checksum(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  }

  return ~crc >>> 0;
}
