"""The `mlflow` command: experiments, runs, artifacts."""

import json
import os
import subprocess
import sys
import tempfile
import uuid

import mlflow
from mlflow import MlflowClient


def command(*arguments):
    return subprocess.run([sys.executable, "-m", "mlflow", *arguments], check=True, text=True, stdout=subprocess.PIPE).stdout


name = f"cli-{uuid.uuid4().hex[:8]}"
assert "Created experiment" in command("experiments", "create", "-n", name)
experiment = mlflow.set_experiment(name)
assert name in command("experiments", "search", "--view", "active_only")
command("experiments", "rename", "-x", experiment.experiment_id, "--new-name", f"{name}-renamed")
command("experiments", "delete", "-x", experiment.experiment_id)
assert f"{name}-renamed" in command("experiments", "search", "--view", "deleted_only")
command("experiments", "restore", "-x", experiment.experiment_id)

with mlflow.start_run(run_name="from the shell") as run:
    mlflow.log_param("p", 1)
    mlflow.log_metric("m", 0.5)
run_id = run.info.run_id
assert run_id in command("runs", "list", "--experiment-id", experiment.experiment_id)
described = json.loads(command("runs", "describe", "--run-id", run_id))
assert described["data"]["params"] == {"p": "1"} or described["data"]["params"] == [{"key": "p", "value": "1"}], described
assert "from the shell" in command("experiments", "csv", "-x", experiment.experiment_id)
command("runs", "delete", "--run-id", run_id)
command("runs", "restore", "--run-id", run_id)

folder = tempfile.mkdtemp()
with open(os.path.join(folder, "note.txt"), "w", encoding="utf-8") as file:
    file.write("from the shell")
command("artifacts", "log-artifact", "-l", os.path.join(folder, "note.txt"), "-r", run_id, "-a", "notes")
command("artifacts", "log-artifacts", "-l", folder, "-r", run_id, "-a", "all")
assert [one["path"] for one in json.loads(command("artifacts", "list", "-r", run_id))] == ["all", "notes"]
there = command("artifacts", "download", "-r", run_id, "-a", "notes/note.txt", "-d", tempfile.mkdtemp()).strip().splitlines()[-1]
with open(there, encoding="utf-8") as file:
    assert file.read() == "from the shell"
assert MlflowClient().get_run(run_id).info.lifecycle_stage == "active"
print("command line", mlflow.__version__, run_id)
