import { expect, test } from "vitest";
import type { ModelDetails } from "../api/models.ts";
import type { RunDetails } from "../api/run.ts";
import { quoted, recipeOf } from "./reproduce.ts";

const run = { id: "r1", project: "vision/digits" } as RunDetails["run"];
const model = { inputs: [{ name: "train", repo: "default/digits", branch: "master", commit: "c0ffee" }] } as unknown as ModelDetails;

function maker(more: Partial<RunDetails>): RunDetails {
  return { run, parameters: [], tags: [], script: null, ...more } as RunDetails;
}

test("what braid run wrote down is brought back: code, changes, data, call", () => {
  const recipe = recipeOf(
    model,
    maker({
      script: { repository: "https://git/x.git", version_num: "abc", diff: "--- a", working_dir: "src", entry_point: "train.py" },
      parameters: [
        { section: "Args", name: "command", value: "python3 train.py --lr 0.1" },
        { section: "Args", name: "lr", value: "0.1" },
        { section: "General", name: "note", value: "it's new" },
      ],
    }),
    "http://host:8080",
  );
  expect(recipe.missing).toEqual([]);
  expect(recipe.commands.split("\n")).toEqual([
    "git clone https://git/x.git reproduce && cd reproduce",
    "git checkout abc",
    "curl -fsS http://host:8080/api/runs/r1/code.patch | git apply",
    "cd src",
    "braid get file -r default/digits@c0ffee:/ -o inputs/train",
    "braid run --project vision/digits -P 'note=it'\\''s new' -- python3 train.py --lr 0.1",
  ]);
});

test("of ClearML's and MLflow's runs it is what they say; what nobody says is named", () => {
  const clearml = maker({ script: { entry_point: "train.py", binary: "python3.11" }, parameters: [{ section: "Args", name: "depth", value: "18" }] });
  expect(recipeOf(model, clearml, "").commands).toContain("-- python3.11 train.py --depth 18");
  expect(recipeOf(model, clearml, "").missing).toEqual(["which code it was"]);
  const mlflow = maker({ tags: [{ key: "mlflow.source.git.repoURL", value: "g" }, { key: "mlflow.source.name", value: "a b.py" }] });
  expect(recipeOf(model, mlflow, "").commands).toContain("-- python3 'a b.py'");
  expect(recipeOf(model, mlflow, "").missing).toEqual(["which commit of the code it was"]);
});

test("what a name holds is never more than one word of the shell", () => {
  expect(["$(rm -rf /)", "a;b", "it's", "plain-1.0"].map(quoted)).toEqual(["'$(rm -rf /)'", "'a;b'", "'it'\\''s'", "plain-1.0"]);
});
