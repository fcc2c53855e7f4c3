"""A pipeline whose controller runs here and whose steps run from a placed queue by stock agents."""

import tempfile

from clearml import PipelineController, Task

from support.agents import agents, said, send
from support.checkout import checkout

QUEUE = "piped-queue"


def double(number):
    return number * 2


folder = tempfile.mkdtemp()
program, _ = checkout(folder, "train.py")
said("braid", "project", "create", "piped", "--queue", QUEUE, "--gpu-quota", "1", "--gpu-limit", "1")
base = send(program, QUEUE, "base", "rate=0.75")
with agents(folder, "piping", QUEUE):
    Task.get_task(task_id=base).wait_for_status(status=["completed"], check_interval_sec=0.5)
    pipe = PipelineController(name="placed", project="Shared", version="1.0", pool_frequency=0.05)
    pipe.set_default_execution_queue(QUEUE)
    pipe.add_function_step(name="double", function=double, function_kwargs={"number": 0.25}, function_return=["rate"])
    rate = {"Args/rate": "${double.parameters.return/rate}"}
    pipe.add_step(name="train", base_task_id=base, parents=["double"], parameter_override=rate)
    pipe.start_locally(run_pipeline_steps_locally=False)
    done = {name: Task.get_task(task_id=node.executed) for name, node in pipe.get_pipeline_dag().items()}
assert done["double"].get_parameters(cast=True)["return/rate"] == 0.5, done["double"].get_parameters()
assert done["train"].get_parameters()["Args/rate"] == "0.5"
assert {task.get_status() for task in done.values()} == {"completed"}
assert {task.data.last_worker for task in done.values()} == {"piping:gpu0"}
print("ran", {name: task.id for name, task in done.items()})
