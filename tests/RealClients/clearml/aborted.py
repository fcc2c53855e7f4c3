"""Tasks of a placed queue that are aborted while they run and while they wait: the next one gets the place."""

import os
import tempfile

from clearml import Task

from support.agents import agents, said, send
from support.checkout import checkout

QUEUE = "aborted-queue"

folder = tempfile.mkdtemp()
program, _ = checkout(folder, "held.py")
notes = os.path.join(folder, "notes")


def wait(task_id, *statuses):
    task = Task.get_task(task_id=task_id)
    task.wait_for_status(status=statuses, raise_on_status=["failed"], check_interval_sec=0.5)
    return task


said("braid", "project", "create", "aborted", "--queue", QUEUE, "--gpu-quota", "1", "--gpu-limit", "1")
running = send(program, QUEUE, "running", f"until={folder}/never", f"notes={notes}")
waiting = send(program, QUEUE, "waiting", f"until={folder}/never")
last = send(program, QUEUE, "last")
with agents(folder, "aborting", QUEUE):
    wait(running, "in_progress")
    while not os.path.exists(notes):
        wait(running, "in_progress")
    Task.get_task(task_id=waiting).mark_stopped(force=True)
    wait(waiting, "stopped")
    Task.get_task(task_id=running).mark_stop_request()
    wait(running, "stopped")
    wait(last, "completed")
listed = said("braid", "list", "-p", "aborted")
for task_id in (running, waiting):
    assert Task.get_task(task_id=task_id).get_status() == "stopped"
print(listed)
