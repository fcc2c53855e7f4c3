"""A job whose program calls Task.init, and knows of no job: its task is the job's own run; a second one is a child."""

import json
import os
import subprocess
import tempfile

from clearml import Task

from support.checkout import CHANGE, checkout

folder = tempfile.mkdtemp(dir=os.environ["BRAID_EXPOSED"])
program, repository = checkout(folder, "twice.py")


def braid(*arguments, text=None):
    return subprocess.run(["braid", *arguments], input=text, check=True, text=True, stdout=subprocess.PIPE).stdout


braid("create", "repo", "letters")
braid("put", "file", "letters@master:/a", "-f", "-", text="alpha\n")
spec = {
    "pipeline": {"name": "twice"},
    "input": {"pfs": {"repo": "letters", "glob": "/"}},
    "transform": {
        "cmd": ["/usr/bin/python3", program, "--rate", "0.25"],
        "env": {"PYTHONPATH": os.environ["BRAID_CLEARML_PYTHON"]},
    },
}
braid("create", "pipeline", "-f", "-", text=json.dumps(spec))
braid("wait", "commit", "twice@master")
job, first_id, second_id = braid("get", "file", "twice@master:/ids").split()
assert first_id == job, (first_id, job)

first, second = Task.get_task(task_id=first_id), Task.get_task(task_id=second_id)
assert second.parent == first.id, second.parent
for task in [first, second]:
    assert task.get_status() == "completed", (task.id, task.get_status())
    script = task.data.script
    assert (script.repository, script.branch, script.entry_point) == (repository, "main", "twice.py"), script
    assert f"+{CHANGE}" in script.diff, script.diff
    assert "clearml" in script.requirements["pip"], script.requirements
    assert task.get_parameters()["Args/rate"] == "0.25", task.get_parameters()
    assert task.get_reported_scalars()["loss"]["train"]["y"] == [1.0, 0.25, 0.0625, 0.015625, 0.00390625]
    assert task.artifacts["learned"].get() == {"rate": 0.25}
print("joined", first.id, "and its child", second.id)
