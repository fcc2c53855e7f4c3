"""A file in parts, through the server's own part addresses, where the client is told to."""

import hashlib
import os
import tempfile
import uuid

os.environ["MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD"] = "true"
os.environ["MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE"] = str(12 << 20)
os.environ["MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE"] = str(5 << 20)

import mlflow
from mlflow.artifacts import download_artifacts
from mlflow.store.artifact import http_artifact_repo

mlflow.set_experiment(f"multipart-{uuid.uuid4().hex[:8]}")
path = os.path.join(tempfile.mkdtemp(), "model.bin")
with open(path, "wb") as file:
    for _ in range(23):
        file.write(os.urandom(1 << 20))


def digest(name):
    with open(name, "rb") as content:
        return hashlib.sha256(content.read()).hexdigest()


puts = []
send = http_artifact_repo.HttpArtifactRepository._try_multipart_upload


def counted(self, *arguments):
    puts.append(arguments)
    return send(self, *arguments)


http_artifact_repo.HttpArtifactRepository._try_multipart_upload = counted
with mlflow.start_run() as run:
    mlflow.log_artifact(path, "weights")
assert len(puts) == 1, "the client sent it whole"
here = download_artifacts(run_id=run.info.run_id, artifact_path="weights/model.bin", dst_path=tempfile.mkdtemp())
assert digest(here) == digest(path)
print("multipart", mlflow.__version__, run.info.run_id)
