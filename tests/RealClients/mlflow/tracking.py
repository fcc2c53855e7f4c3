"""Experiments, nested runs, parameters, metrics, tags, batches, searches, histories, deleting and restoring."""

import math
import time
import uuid

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunStatus, RunTag, ViewType
from mlflow.exceptions import MlflowException

client = MlflowClient()
name = f"tracking-{uuid.uuid4().hex[:8]}"


def refused(code, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except MlflowException as error:
        assert error.error_code == code, (error.error_code, str(error))
        return str(error)
    raise AssertionError(f"{call.__name__} was not refused")


# Experiments
assert client.get_experiment_by_name(name) is None
experiment_id = mlflow.create_experiment(name, tags={"team": "blue"})
experiment = mlflow.set_experiment(name)
assert (experiment.experiment_id, experiment.lifecycle_stage, experiment.tags) == (experiment_id, "active", {"team": "blue"})
mlflow.set_experiment_tags({"stage": "dev", "mlflow.note.content": "What this is about"})
assert client.get_experiment(experiment_id).tags["stage"] == "dev"
assert "already exists" in refused("RESOURCE_ALREADY_EXISTS", mlflow.create_experiment, name)
found = mlflow.search_experiments(filter_string=f"name LIKE '{name[:-2]}%' AND tags.team = 'blue'", order_by=["creation_time DESC"])
assert [one.name for one in found] == [name], found

# Nested runs
with mlflow.start_run(run_name="parent", description="tries three rates", tags={"kind": "sweep"}) as parent:
    mlflow.log_params({"optimizer": "adam", "layers": 3, "nested/key": "v", "long": "x" * 6000})
    for rate in (0.1, 0.2, 0.3):
        with mlflow.start_run(run_name=f"rate-{rate}", nested=True) as child:
            mlflow.log_param("rate", rate)
            for step in range(5):
                mlflow.log_metric("loss", rate / (step + 1), step=step)
            mlflow.log_metrics({"val/acc": 1 - rate, "val/f1": rate}, step=4)
assert mlflow.active_run() is None
read = mlflow.get_run(parent.info.run_id)
assert read.info.status == "FINISHED" and read.info.end_time >= read.info.start_time
assert read.data.params == {"optimizer": "adam", "layers": "3", "nested/key": "v", "long": "x" * 6000}
assert read.data.tags["mlflow.note.content"] == "tries three rates" and read.data.tags["mlflow.runName"] == "parent"
children = mlflow.search_runs(filter_string=f"tags.mlflow.parentRunId = '{parent.info.run_id}'", order_by=["metrics.loss ASC"])
assert list(children["params.rate"]) == ["0.1", "0.2", "0.3"], children
assert list(children["metrics.val/acc"]) == [0.9, 0.8, 0.7]
try:
    with mlflow.start_run(run_name="broken"):
        raise KeyError("on purpose")
except KeyError:
    pass
assert mlflow.last_active_run().info.status == "FAILED"

# Batches, and what the client splits itself
run = client.create_run(experiment_id, run_name="batches", tags={"a": "1"})
run_id, now = run.info.run_id, int(time.time() * 1000)
client.log_batch(
    run_id,
    metrics=[Metric("many", value, now + value, value) for value in range(1000)],
    params=[],
    tags=[],
)
client.log_batch(run_id, params=[Param(f"p{i}", str(i)) for i in range(100)], tags=[RunTag(f"t{i}", str(i)) for i in range(100)])
with mlflow.start_run(run_id=run_id):
    mlflow.log_params({f"q{i}": i for i in range(250)})
read = client.get_run(run_id)
assert read.data.metrics["many"] == 999.0 and read.data.params["p99"] == "99" and read.data.tags["t99"] == "99"
history = client.get_metric_history(run_id, "many")
assert [(point.step, point.value) for point in history] == [(value, float(value)) for value in range(1000)]
assert client.get_metric_history(run_id, "none") == []
message = refused("INVALID_PARAMETER_VALUE", client.log_param, run_id, "p1", "2")
assert "Changing param values is not allowed. Param with key='p1'" in message, message
client.log_param(run_id, "p1", "1")
assert "bad$name" in refused("INVALID_PARAMETER_VALUE", client.log_metric, run_id, "bad$name", 1)
refused("RESOURCE_DOES_NOT_EXIST", client.get_run, "0" * 32)

# Special values
client.log_metric(run_id, "nan", float("nan"))
client.log_metric(run_id, "infinite", float("inf"))
client.log_metric(run_id, "negative step", 1.5, step=-3)
read = client.get_run(run_id)
assert math.isnan(read.data.metrics["nan"]) and read.data.metrics["infinite"] >= 1.7976931348623157e308
assert client.get_metric_history(run_id, "negative step")[0].step == -3

# Tags, names and statuses
client.set_tag(run_id, "owner", "ann")
client.set_tag(run_id, "owner", "bob")
client.delete_tag(run_id, "a")
assert "No tag with name: a" in refused("RESOURCE_DOES_NOT_EXIST", client.delete_tag, run_id, "a")
client.update_run(run_id, status="KILLED", name="renamed")
read = client.get_run(run_id)
assert (read.info.run_name, read.info.status, read.data.tags["owner"]) == ("renamed", "KILLED", "bob")
client.set_terminated(run_id)
assert client.get_run(run_id).info.status == RunStatus.to_string(RunStatus.FINISHED)

# Searches
everything = client.search_runs([experiment_id], max_results=2, order_by=["attributes.start_time DESC"])
assert len(everything) == 2 and everything.token
rest = client.search_runs([experiment_id], max_results=100, page_token=everything.token, order_by=["attributes.start_time DESC"])
assert len(rest) == 4, len(rest)
for filter_string, count in {
    "metrics.loss < 0.05": 2,
    "metrics.`val/acc` >= 0.8 and params.rate != '0.1'": 1,
    "attributes.run_name ILIKE 'RATE%'": 3,
    "attributes.status = 'FAILED'": 1,
    "params.optimizer = \"adam\"": 1,
    "tags.`kind` = 'sweep' AND attributes.start_time > 0": 1,
    f"run_id IN ('{run_id}')": 1,
    f"attributes.artifact_uri LIKE '%{run_id}/artifacts'": 1,
}.items():
    assert len(client.search_runs([experiment_id], filter_string)) == count, filter_string
assert "Invalid clause(s)" in refused("INVALID_PARAMETER_VALUE", client.search_runs, [experiment_id], "metrics.loss < 1 OR params.a = '1'")

# Deleting and restoring
client.delete_run(run_id)
assert client.get_run(run_id).info.lifecycle_stage == "deleted"
assert "must be in the 'active' state" in refused("INVALID_PARAMETER_VALUE", client.log_metric, run_id, "m", 1)
assert run_id in [one.info.run_id for one in client.search_runs([experiment_id], run_view_type=ViewType.DELETED_ONLY)]
client.restore_run(run_id)
assert client.get_run(run_id).info.lifecycle_stage == "active"
client.rename_experiment(experiment_id, f"{name}-renamed")
client.delete_experiment(experiment_id)
assert client.get_experiment(experiment_id).lifecycle_stage == "deleted"
assert client.get_run(run_id).info.lifecycle_stage == "deleted"
client.restore_experiment(experiment_id)
assert client.get_experiment_by_name(f"{name}-renamed").lifecycle_stage == "active"
assert client.get_run(run_id).info.lifecycle_stage == "active"
print("tracking", mlflow.__version__, experiment_id)
