"""A task that was run offline, imported by the SDK and by braid: both make the same of it."""

import json
import os
import subprocess
import tempfile
from urllib.parse import unquote

from clearml import StorageManager, Task

# The SDK adds a comment and the system tag of its own tasks to what the session says.
FIELDS = ["type", "tags", "script", "hyperparams", "configuration", "container", "execution"]


def recorded():
    """Records a session, with something of each kind; the path of its archive."""
    Task.set_offline(True)
    task = Task.init("Offline", "trained offline", tags=["far"], auto_resource_monitoring=False)
    task.connect({"rate": 0.1})
    task.connect_configuration({"layers": [1, 2]}, name="net")
    task.upload_artifact("made", {"x": 1})
    logger = task.get_logger()
    logger.report_text("caf\udce9 is no UTF-8")
    logger.report_scatter2d("shape", "line", [(0, 1), (1, 2)], 0, mode="lines")
    sample = os.path.join(tempfile.mkdtemp(), "sample.txt")
    with open(sample, "w") as file:
        file.write("a sample\n")
    logger.report_media("samples", "text", 0, local_path=sample, delete_after_upload=False)
    for step in range(5):
        logger.report_scalar("loss", "train", step * 0.5, step)
    task.close()
    archive = f"{task.get_offline_mode_folder()}.zip"
    Task.set_offline(False)
    return archive


def content(address):
    with open(StorageManager.get_local_copy(address)) as file:
        return file.read()


def made(task):
    """What there is of a task, without its id and the moments of its import."""
    data = task.export_task()
    samples = task.get_debug_samples("samples", "text")
    text = json.dumps(
        {
            **{field: data.get(field) for field in FIELDS},
            "name": (task.get_project_name(), task.name, task.get_status()),
            "artifacts": {name: artifact.get() for name, artifact in task.artifacts.items()},
            "scalars": task.get_reported_scalars(),
            "plots": [(plot["metric"], plot["variant"], plot["plot_str"]) for plot in task.get_reported_plots()],
            "samples": [(unquote(sample["url"]), content(sample["url"])) for sample in samples],
            "log": task.get_reported_console_output(number_of_reports=100),
        },
        indent=1,
        sort_keys=True,
    )
    return text.replace(task.id, "ID")


def by_braid(archive):
    ran = subprocess.run(["braid", "import", "clearml-offline", archive], check=True, text=True, stdout=subprocess.PIPE)
    return Task.get_task(task_id=ran.stdout.strip())


archive = recorded()
first = Task.get_task(task_id=Task.import_offline_session(archive))
assert first.get_status() == "completed", first.get_status()
assert first.get_parameters()["General/rate"] == "0.1"
assert first.artifacts["made"].get() == {"x": 1}
assert first.get_reported_scalars()["loss"]["train"]["y"] == [0.0, 0.5, 1.0, 1.5, 2.0]
second = by_braid(archive)
assert second.id != first.id
assert made(second) == made(first), (made(first), made(second))
assert by_braid(archive).id == second.id
print("imported", first.id, "and the same once more", second.id)
