"""Datasets that a run reads: logged, read back, searched."""

import uuid

import mlflow
import numpy
import pandas
from mlflow import MlflowClient

client = MlflowClient()
experiment = mlflow.set_experiment(f"datasets-{uuid.uuid4().hex[:8]}")
frame = mlflow.data.from_pandas(pandas.DataFrame({"x": [1.0, 2.0], "y": [0, 1]}), source="https://example.org/train.csv", name="train", targets="y")
array = mlflow.data.from_numpy(numpy.arange(12.0).reshape(4, 3), name="held-out")
with mlflow.start_run() as run:
    mlflow.log_input(frame, context="training", tags={"owner": "ann"})
    mlflow.log_input(array, context="validation")
    mlflow.log_input(array, context="validation")
inputs = {one.dataset.name: one for one in client.get_run(run.info.run_id).inputs.dataset_inputs}
assert set(inputs) == {"train", "held-out"}, inputs
assert inputs["train"].dataset.digest == frame.digest
assert {tag.key: tag.value for tag in inputs["train"].tags} == {"mlflow.data.context": "training", "owner": "ann"}
assert mlflow.data.get_source(inputs["train"]).to_dict()["url"] == "https://example.org/train.csv"
with mlflow.start_run():
    mlflow.log_input(frame, context="testing")
for filter_string, count in {
    "dataset.name = 'train'": 2,
    "datasets.name = 'train' AND dataset.context = 'testing'": 1,
    f"dataset.digest = '{frame.digest}'": 2,
    "dataset.name LIKE 'held%'": 1,
    "dataset.context IN ('testing', 'validation')": 2,
    "dataset.name = 'none'": 0,
}.items():
    assert len(client.search_runs([experiment.experiment_id], filter_string)) == count, filter_string
print("datasets", mlflow.__version__, run.info.run_id)
