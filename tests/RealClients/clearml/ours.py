"""Braid's own agents serve a placed queue: a program that sends itself there, and one that clearml-task sends."""

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading

import clearml
import pathlib2
from clearml import Task

from support.agents import said, send
from support.checkout import checkout, git

QUEUE = "ours"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def publish(folder):
    """Serves FOLDER/origin.git with the SDK in it: programs of such a queue see nothing of the machine but /usr."""
    for package in (clearml, pathlib2):
        source = os.path.dirname(package.__file__)
        shutil.copytree(source, os.path.join(folder, "work", os.path.basename(source)))
    git(f"{folder}/work", "add", "--force", "clearml", "pathlib2")
    somebody = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.org"]
    git(f"{folder}/work", *somebody, "commit", "--quiet", "-m", "Add the SDK")
    git(f"{folder}/work", "push", "--quiet")
    git(f"{folder}/origin.git", "update-server-info")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    git(f"{folder}/work", "remote", "set-url", "origin", f"http://127.0.0.1:{server.server_port}/origin.git")


def check(task_id, rate):
    task = Task.get_task(task_id=task_id)
    task.wait_for_status(status=["completed"], raise_on_status=["failed", "stopped"], check_interval_sec=0.5)
    task.reload()
    assert task.get_parameters()["Args/rate"] == str(rate), task.get_parameters()
    assert task.get_reported_scalars()["loss"]["train"]["y"] == [rate**step for step in range(5)]
    assert task.artifacts["learned"].get() == {"rate": rate}


folder = tempfile.mkdtemp()
program, _ = checkout(folder, "train.py")
publish(folder)
said("braid", "project", "create", "ours", "--queue", QUEUE)
printed = said(sys.executable, program, "--rate", "0.25", "--queue", QUEUE)
itself = re.search(r"created new task id=([0-9a-f]{32})", printed).group(1)
sent = send(program, QUEUE, "sent", "rate=0.5")
keys = {f"BRAID_{key}_KEY": os.environ[f"CLEARML_API_{key}_KEY"] for key in ("ACCESS", "SECRET")}
where = ["--server", os.environ["CLEARML_WEB_HOST"], "--data", f"{folder}/agent", "--node", "ours"]
agent = subprocess.Popen(["braid", "agent", *where, "--queue", QUEUE], env={**os.environ, **keys})
try:
    check(itself, 0.25)
    check(sent, 0.5)
finally:
    agent.terminate()
    agent.wait(60)
print("run by Braid's agent", itself, sent)
