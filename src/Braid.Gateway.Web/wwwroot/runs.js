import { ask, code, link, row, show, status, took, when } from "/api.js";

const refreshMs = 2000;

async function refresh() {
  try {
    const { runs } = await ask("/api/runs?limit=200");
    const rows = runs.map((run) =>
      row(
        status(run.status),
        link(`/runs/${run.id}`, run.name),
        run.project,
        code(run.id),
        when(run.started),
        took(run.started, run.completed),
      ),
    );
    document.querySelector("#runs tbody").replaceChildren(...rows);
    document.getElementById("none").hidden = runs.length > 0;
    show(null);
  } catch (problem) {
    show(problem);
  }
  setTimeout(refresh, refreshMs);
}

refresh();
