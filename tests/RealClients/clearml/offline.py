"""A task that was run offline, imported: parameters, artifacts and points arrive."""

from clearml import Task

Task.set_offline(True)
task = Task.init(project_name="Offline", task_name="trained offline", auto_resource_monitoring=False)
task.connect({"rate": 0.1})
task.upload_artifact("made", {"x": 1})
for step in range(5):
    task.get_logger().report_scalar("loss", "train", step * 0.5, step)
task.close()
session = f"{task.get_offline_mode_folder()}.zip"
Task.set_offline(False)

imported = Task.get_task(task_id=Task.import_offline_session(session))
assert imported.get_status() == "completed", imported.get_status()
assert imported.get_parameters()["General/rate"] == "0.1"
assert imported.artifacts["made"].get() == {"x": 1}
assert imported.get_reported_scalars()["loss"]["train"]["y"] == [0.0, 0.5, 1.0, 1.5, 2.0]
print("imported", imported.id)
