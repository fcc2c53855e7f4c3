import { ask, code, link, row, show, status, when } from "/api.js";
import { chart } from "/chart.js";

const id = location.pathname.split("/").pop();
const mostLines = 5000;
const settleMs = 250;
const fill = (table, rows) => document.querySelector(`#${table} tbody`).replaceChildren(...rows);
const by = (name) => document.getElementById(name);

function draw({ run, parameters, metrics, inputs, models, children }) {
  document.title = `${run.name} · Braid`;
  by("where").textContent = run.project;
  by("name").textContent = run.name;
  by("id").textContent = run.id;
  by("status").replaceWith(Object.assign(status(run.status), { id: "status" }));
  by("reason").textContent = [run.statusReason, run.statusMessage].filter(Boolean).join(": ");
  fill("inputs", inputs.map((input) => row(input.name, code(`${input.repo}@${input.commit}`), input.branch)));
  fill("models", models.map((model) => row(`${model.name} ${model.version ? "v" + model.version : ""}`, code(model.id))));
  fill("parameters", parameters.map((p) => row(p.section, p.name, code(p.value))));
  fill("metrics", metrics.map((m) => row(m.metric === m.variant ? m.metric : `${m.metric} / ${m.variant}`, String(m.last), `min ${m.min}`, `max ${m.max}`)));
  fill("children", children.map((child) => row(status(child.status), link(`/runs/${child.id}`, child.name), when(child.started))));
}

function drawCharts(series) {
  const metrics = Map.groupBy(
    series.filter((line) => line.x.length > 1),
    (line) => line.metric,
  );
  by("charts").replaceChildren(...[...metrics].map(([metric, lines]) => chart(metric, lines)));
}

async function refresh() {
  try {
    draw(await ask(`/api/runs/${id}`));
    drawCharts((await ask(`/api/runs/${id}/series`)).series);
    show(null);
  } catch (problem) {
    show(problem);
  }
}

function append(lines) {
  const log = by("log");
  for (const line of lines) {
    const text = document.createElement("div");
    // A progress bar rewrites its line by carriage returns: what counts is what it said last.
    text.textContent = line.text.split("\r").filter(Boolean).pop() ?? "";
    text.className = line.abandoned ? "hint" : "";
    text.title = `${when(line.time)} ${line.worker}`;
    log.append(text);
  }
  while (log.childElementCount > mostLines) {
    log.firstChild.remove();
  }
  if (by("follow").checked) {
    log.scrollTop = log.scrollHeight;
  }
}

// Changes come in bursts: ask once for all that came within a moment.
let settling = false;
const live = new EventSource(`/api/runs/${id}/live`);
live.addEventListener("log", (event) => append(JSON.parse(event.data)));
live.addEventListener("open", () => by("log").replaceChildren());
live.addEventListener("changed", () => {
  if (!settling) {
    settling = true;
    setTimeout(() => {
      settling = false;
      refresh();
    }, settleMs);
  }
});
live.addEventListener("end", () => {
  live.close();
  refresh();
});
refresh();
