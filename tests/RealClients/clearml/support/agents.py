"""Stock agents, and what people do on a command line."""

import contextlib
import os
import re
import subprocess
import sys


def said(*command):
    """What a command prints; it has to succeed."""
    ran = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert ran.returncode == 0, (command, ran.stdout)
    return ran.stdout


def send(program, queue, name, *arguments):
    """Sends a program to a queue by clearml-task; its task's id."""
    what = ["--project", "Shared", "--name", name, "--script", program, "--packages", "clearml"]
    what += ["--args", *arguments] if arguments else []
    sent = said(sys.executable, "-m", "clearml.cli.task", *what, "--queue", queue)
    return re.search(r"New task created id=([0-9a-f]{32})", sent).group(1)


@contextlib.contextmanager
def agents(folder, worker, *queues, gpus=(0,)):
    """As many stock agents as GPUs, each with one, which take the tasks of queues one by one."""
    daemons = [_agent(folder, worker, gpu, queues) for gpu in gpus]
    try:
        yield
    finally:
        for daemon in daemons:
            daemon.terminate()
        for daemon in daemons:
            daemon.wait(60)


def _agent(folder, worker, gpu, queues):
    home = os.path.join(folder, f"home-{worker}-{gpu}")
    os.makedirs(home)
    variables = {
        "HOME": home,
        "CLEARML_WORKER_NAME": worker,
        "CLEARML_AGENT_SKIP_PIP_VENV_INSTALL": sys.executable,
        "CLEARML_AGENT_SKIP_PYTHON_ENV_INSTALL": "1",
    }
    command = [sys.executable, "-m", "clearml_agent", "daemon", "--queue", *queues, "--gpus", f"{gpu}", "--foreground"]
    with open(os.path.join(folder, f"agent-{worker}-{gpu}.log"), "w") as log:
        return subprocess.Popen(command, env={**os.environ, **variables}, stdout=log, stderr=subprocess.STDOUT)
