"""A program that sends itself to the queue default, and the same one sent by clearml-task; a stock agent runs both."""

import os
import re
import subprocess
import sys
import tempfile

from clearml import Task

from support.checkout import CHANGE, checkout

folder = tempfile.mkdtemp()
program, repository = checkout(folder, "train.py")


def printed(*command):
    ran = subprocess.run([sys.executable, *command], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert ran.returncode == 0, (command, ran.stdout)
    return ran.stdout


def agent():
    """A daemon that takes tasks of the queue default one by one, and runs them with this Python and its packages."""
    variables = {
        "HOME": folder,
        "CLEARML_WORKER_ID": "here:0",
        "CLEARML_AGENT_SKIP_PIP_VENV_INSTALL": sys.executable,
        "CLEARML_AGENT_SKIP_PYTHON_ENV_INSTALL": "1",
    }
    command = [sys.executable, "-m", "clearml_agent", "daemon", "--queue", "default", "--foreground"]
    with open(os.path.join(folder, "agent.log"), "w") as log:
        return subprocess.Popen(command, env={**os.environ, **variables}, stdout=log, stderr=subprocess.STDOUT)


def check(task_id, rate):
    task = Task.get_task(task_id=task_id)
    task.wait_for_status(status=["completed"], raise_on_status=["failed", "stopped"], check_interval_sec=1)
    task.reload()
    assert task.data.last_worker == "here:0", task.data.last_worker
    assert task.data.script.repository == repository, task.data.script
    assert f"+{CHANGE}" in task.data.script.diff, task.data.script
    assert task.get_parameters()["Args/rate"] == str(rate), task.get_parameters()
    assert task.get_reported_scalars()["loss"]["train"]["y"] == [rate**step for step in range(5)]
    assert task.artifacts["learned"].get() == {"rate": rate}


said = printed(program, "--rate", "0.25", "--queue", "default")
itself = re.search(r"created new task id=([0-9a-f]{32})", said).group(1)
what = ["--project", "Training", "--name", "sent", "--script", program, "--packages", "clearml", "--args", "rate=0.5"]
said = printed("-m", "clearml.cli.task", *what, "--queue", "default")
sent = re.search(r"New task created id=([0-9a-f]{32})", said).group(1)
assert Task.get_task(task_id=itself).get_status() == Task.get_task(task_id=sent).get_status() == "queued"

daemon = agent()
try:
    check(itself, 0.25)
    check(sent, 0.5)
finally:
    daemon.terminate()
    daemon.wait(60)
print("run by an agent", itself, sent)
