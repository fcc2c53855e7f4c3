"""Asynchronous logging and the system's own metrics."""

import time
import uuid

import mlflow
from mlflow import MlflowClient

client = MlflowClient()
mlflow.set_experiment(f"background-{uuid.uuid4().hex[:8]}")
mlflow.config.enable_async_logging(True)
with mlflow.start_run() as run:
    for step in range(200):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_params({f"p{i}": i for i in range(150)})
    mlflow.set_tags({"a": "1", "b": "2"})
    client.log_metric(run.info.run_id, "one", 1.0, synchronous=False).wait()
mlflow.flush_async_logging()
mlflow.config.enable_async_logging(False)
read = client.get_run(run.info.run_id)
assert len(client.get_metric_history(run.info.run_id, "loss")) == 200
assert len(read.data.params) == 150 and read.data.tags["b"] == "2" and read.data.metrics["one"] == 1.0

mlflow.set_system_metrics_sampling_interval(0.2)
mlflow.set_system_metrics_samples_before_logging(1)
with mlflow.start_run(log_system_metrics=True) as watched:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and "system/cpu_utilization_percentage" not in client.get_run(watched.info.run_id).data.metrics:
        time.sleep(0.1)
assert "system/cpu_utilization_percentage" in client.get_run(watched.info.run_id).data.metrics
print("background", mlflow.__version__, run.info.run_id)
