import { MLflow, post } from "./mlflow.ts";
import type { Seeded } from "./seed.ts";
import type { Doors } from "./server.ts";

/** Registers a name with two versions, made by the first runs of the sweep; gives these runs. */
export async function registerVersions(doors: Doors, seeded: Seeded, name: string, description: string): Promise<string[]> {
  const mlflow = new MLflow(doors.mlflow);
  const api = `${doors.mlflow}/api/2.0/mlflow`;
  await post(`${api}/registered-models/create`, { name, description });
  const runs = seeded.sweep.slice(0, 2);
  for (const run of runs) {
    await mlflow.log(run, { tags: { "mlflow.source.git.repoURL": "https://git.example.org/digits.git", "mlflow.source.git.commit": "c0ffee", "mlflow.source.name": "train.py" } });
    const info = await (await fetch(`${api}/runs/get?run_id=${run}`)).json();
    const experiment = (info as { run: { info: { experiment_id: string } } }).run.info.experiment_id;
    await mlflow.file(experiment, run, "model/MLmodel", "flavors: {}", "text/plain");
    await post(`${api}/model-versions/create`, { name, source: `mlflow-artifacts:/${experiment}/${run}/artifacts/model`, run_id: run });
  }

  return runs;
}
