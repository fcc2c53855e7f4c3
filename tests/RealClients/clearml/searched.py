"""An optimizer that tries values by tasks of a placed queue, which stock agents run."""

import tempfile

from clearml import Task
from clearml.automation import DiscreteParameterRange, GridSearch, HyperParameterOptimizer

from support.agents import agents, said, send
from support.checkout import checkout

QUEUE = "searched-queue"
RATES = ["0.25", "0.5"]

folder = tempfile.mkdtemp()
program, _ = checkout(folder, "train.py")
said("braid", "project", "create", "searched", "--queue", QUEUE, "--gpu-quota", "2")
base = send(program, QUEUE, "base", "rate=0.75")
with agents(folder, "searching", QUEUE, gpus=(0, 1)):
    Task.get_task(task_id=base).wait_for_status(status=["completed"], check_interval_sec=0.5)
    Task.init(project_name="Shared", task_name="search", task_type=Task.TaskTypes.optimizer)
    optimizer = HyperParameterOptimizer(
        base_task_id=base,
        hyper_parameters=[DiscreteParameterRange("Args/rate", RATES)],
        objective_metric_title="loss",
        objective_metric_series="train",
        objective_metric_sign="min",
        max_number_of_concurrent_tasks=2,
        optimizer_class=GridSearch,
        execution_queue=QUEUE,
        pool_period_min=0.05,
    )
    optimizer.set_report_period(0.1)
    optimizer.start()
    optimizer.wait(timeout=4)
    best = optimizer.get_top_experiments(2)
    optimizer.stop()
tried = [task.get_parameters()["Args/rate"] for task in best]
assert tried == RATES, tried
workers = {task.data.last_worker for task in best}
assert all(worker.startswith("searching:gpu") for worker in workers), workers
print("tried", [task.id for task in best])
