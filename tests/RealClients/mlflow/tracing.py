"""Traces are not kept: every call of the client ends at once, and the program that traces goes on."""

import time
import uuid

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

client = MlflowClient()
experiment = mlflow.set_experiment(f"tracing-{uuid.uuid4().hex[:8]}")
started = time.monotonic()


@mlflow.trace
def double(number):
    return 2 * number


with mlflow.start_run() as run:
    assert double(21) == 42
    with mlflow.start_span(name="outer") as span:
        span.set_inputs({"a": 1})
        span.set_outputs({"b": 2})
    mlflow.log_metric("went on", 1)
if hasattr(mlflow, "flush_trace_async_logging"):
    mlflow.flush_trace_async_logging()
assert client.get_run(run.info.run_id).data.metrics["went on"] == 1
for call in (
    lambda: client.search_traces([experiment.experiment_id]),
    lambda: client.get_trace("tr-" + "0" * 32),
    lambda: client.delete_traces(experiment.experiment_id, max_timestamp_millis=1),
    lambda: client.set_trace_tag("tr-" + "0" * 32, "k", "v"),
):
    try:
        call()
    except MlflowException as error:
        print("  refused:", error)
took = time.monotonic() - started
assert took < 20, took
print("tracing", mlflow.__version__, run.info.run_id, f"{took:.1f} s")
