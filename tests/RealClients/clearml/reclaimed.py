"""A project takes back its GPU: another project's task is told to stop, waits again in its queue, and begins anew."""

import os
import tempfile

from clearml import Task

from support.agents import agents, said, send
from support.checkout import checkout

OWNERS, BORROWERS = "owners-queue", "borrowers-queue"

folder = tempfile.mkdtemp()
program, _ = checkout(folder, "held.py")
notes, until = os.path.join(folder, "notes"), os.path.join(folder, "until")


def wait(task_id, *statuses):
    task = Task.get_task(task_id=task_id)
    task.wait_for_status(status=statuses, raise_on_status=["failed"], check_interval_sec=0.5)
    task.reload()
    return task


said("braid", "project", "create", "owners", "--queue", OWNERS, "--gpu-quota", "1")
said("braid", "project", "create", "borrowers", "--queue", BORROWERS)
borrowed = send(program, BORROWERS, "borrowed", f"until={until}", f"notes={notes}")
with agents(folder, "lent", BORROWERS, OWNERS):
    wait(borrowed, "in_progress")
    while not os.path.exists(notes):
        wait(borrowed, "in_progress")
    owned = send(program, OWNERS, "owned")
    returned = wait(borrowed, "queued")
    reason = returned.data.status_reason
    print("went back to its queue:", reason, "/", returned.data.status_message)
    wait(owned, "completed")
    open(until, "w").close()
    wait(borrowed, "completed")
with open(notes) as file:
    told = file.read().split("\n")
print("the borrower's task:", told)
assert told[0] == "began" and told.count("began") == 2 and told[-2] == "ended", told
assert "was preempted by workload owned" in reason, reason
