"""Two stock agents with a GPU each, on a queue whose project may have one: its tasks run one after the other."""

import tempfile
import time

from clearml import Task

from support.agents import agents, said, send
from support.checkout import checkout

QUEUE = "shared-gpus"

folder = tempfile.mkdtemp()
program, _ = checkout(folder, "slow.py")


def times(task_id):
    task = Task.get_task(task_id=task_id)
    task.wait_for_status(status=["completed"], raise_on_status=["failed", "stopped"], check_interval_sec=0.5)
    task.reload()
    values = task.get_reported_single_values()
    return values["began"], values["ended"], task.data.last_worker


said("braid", "project", "create", "shared", "--queue", QUEUE, "--gpu-quota", "1", "--gpu-limit", "1")
sent = [send(program, QUEUE, f"slow {number}") for number in range(3)]
with agents(folder, "shared", QUEUE, gpus=(0, 1)):
    deadline = time.time() + 60
    while "shared:gpu1" not in said("braid", "list", "nodes"):
        assert time.time() < deadline, said("braid", "list", "nodes")
        time.sleep(0.5)
    waiting = said("braid", "explain", sent[2])
    ran = sorted(times(task) for task in sent)
for (_, ended, _), (began, _, _) in zip(ran, ran[1:]):
    assert ended <= began, ran
print("run one after the other by", sorted({worker for _, _, worker in ran}))
print(waiting)
