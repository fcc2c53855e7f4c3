"""Artifacts of every form: logged, listed, downloaded, loaded, deleted."""

import os
import tempfile
import uuid

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as pyplot
import mlflow
import numpy
import pandas
from mlflow import MlflowClient
from mlflow.artifacts import download_artifacts, load_dict, load_image, load_text
from mlflow.exceptions import MlflowException
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

client = MlflowClient()
mlflow.set_experiment(f"artifacts-{uuid.uuid4().hex[:8]}")
folder = tempfile.mkdtemp()
os.makedirs(os.path.join(folder, "deep", "er"))
files = {"a.txt": b"alpha", "deep/b.bin": bytes(range(256)) * 100, "deep/er/empty": b"", "deep/er/na me+1%.txt": b"odd name"}
for path, content in files.items():
    with open(os.path.join(folder, path), "wb") as file:
        file.write(content)
big = os.path.join(folder, "big.bin")
with open(big, "wb") as file:
    file.write(os.urandom(1 << 20) * 12)

with mlflow.start_run() as run:
    mlflow.log_artifact(os.path.join(folder, "a.txt"))
    mlflow.log_artifact(big, artifact_path="large")
    mlflow.log_artifacts(folder, artifact_path="folder")
    mlflow.log_dict({"k": [1, 2.5, None, "ü"]}, "config.json")
    mlflow.log_dict({"k": {"n": 1}}, "nested/config.yaml")
    mlflow.log_text("two\nlines", "notes/readme.md")
    mlflow.log_text("<b>bold</b>", "page.html")
    figure, axes = pyplot.subplots()
    axes.plot([1, 2], [3, 4])
    mlflow.log_figure(figure, "plots/line.png")
    image = (numpy.arange(27).reshape(3, 3, 3) * 9).astype("uint8")
    mlflow.log_image(image, "image.png")
    for step in range(2):
        mlflow.log_image(image, key="samples", step=step)
    mlflow.log_table({"question": ["a", "b"], "answer": [1, 2]}, "table.json")
    mlflow.log_table(pandas.DataFrame({"question": ["c"], "answer": [3]}), "table.json")
    uri = mlflow.get_artifact_uri()
run_id = run.info.run_id

names = {file.path: (file.is_dir, file.file_size) for file in client.list_artifacts(run_id)}
assert names["a.txt"] == (False, 5) and names["folder"][0], names
assert {"config.json", "image.png", "images", "large", "nested", "notes", "page.html", "plots", "table.json"} <= set(names), names
assert [file.path for file in client.list_artifacts(run_id, "folder/deep/er")] == ["folder/deep/er/empty", "folder/deep/er/na me+1%.txt"]
assert client.list_artifacts(run_id, "a.txt") == []
assert client.list_artifacts(run_id, "nowhere") == []
assert len(client.list_artifacts(run_id, "images")) in (4, 8), client.list_artifacts(run_id, "images")

assert load_dict(f"{uri}/config.json") == {"k": [1, 2.5, None, "ü"]}
assert load_text(f"runs:/{run_id}/notes/readme.md") == "two\nlines"
assert load_image(f"{uri}/image.png").size == (3, 3)
table = mlflow.load_table("table.json", run_ids=[run_id])
assert list(table["answer"]) == [1, 2, 3], table

there = download_artifacts(artifact_uri=f"runs:/{run_id}/folder", dst_path=tempfile.mkdtemp())
for path, content in files.items():
    with open(os.path.join(there, path), "rb") as file:
        assert file.read() == content, path
one = download_artifacts(run_id=run_id, artifact_path="large/big.bin", dst_path=tempfile.mkdtemp())
with open(one, "rb") as ours, open(big, "rb") as original:
    assert ours.read() == original.read()
whole = download_artifacts(run_id=run_id, artifact_path="", dst_path=tempfile.mkdtemp())
assert os.path.isfile(os.path.join(whole, "plots", "line.png"))
try:
    download_artifacts(run_id=run_id, artifact_path="nowhere.txt", dst_path=tempfile.mkdtemp())
    raise AssertionError("a missing artifact was downloaded")
except (OSError, MlflowException):
    pass

repository = get_artifact_repository(uri)
repository.delete_artifacts("folder/deep")
assert [file.path for file in client.list_artifacts(run_id, "folder")] == ["folder/a.txt", "folder/big.bin"]
repository.delete_artifacts("a.txt")
assert "a.txt" not in [file.path for file in client.list_artifacts(run_id)]
print("artifacts", mlflow.__version__, run_id)
