"""A day with pipelines, as pachyderm_sdk's users write it. Exits with an error at the first surprise."""
import json
import sys

from pachyderm_sdk import Client
from pachyderm_sdk.api import pfs, pps

host, port = sys.argv[1].split(":")
client = Client(host=host, port=int(port))

repo = pfs.Repo.from_uri("default/images")
client.pfs.create_repo(repo=repo)
branch = pfs.Branch.from_uri("images@master")
with client.pfs.commit(branch=branch) as commit:
    commit.put_file_from_bytes(path="/a", data=b"one")

edges = pps.Pipeline(project=pfs.Project(name="default"), name="edges")
client.pps.create_pipeline_v2(
    create_pipeline_request_json=json.dumps(
        {
            "pipeline": {"name": "edges"},
            "transform": {"cmd": ["sh"], "stdin": ["echo hello", "cp $images /pfs/out/"]},
            "input": {"pfs": {"repo": "images", "glob": "/*"}},
            "datum_tries": 2,
        }
    )
)
assert client.pps.pipeline_exists(edges)
info = client.pps.inspect_pipeline(pipeline=edges, details=True)
assert info.version == 1 and info.details.datum_tries == 2, info
assert json.loads(info.effective_spec_json)["outputBranch"] == "master"

job = next(iter(client.pps.list_job(pipeline=edges))).job
ended = client.pps.inspect_job(job=job, wait=True, details=True)
assert ended.state == pps.JobState.JOB_SUCCESS, ended
assert client.pps.job_exists(job)
assert [one.job.id for one in client.pps.inspect_job_set(job_set=pps.JobSet(id=job.id), wait=True)] == [job.id]
assert len(list(client.pps.list_job_set())) == 1
output = pfs.File(commit=pfs.Commit.from_uri(f"edges@{job.id}"), path="/a")
with client.pfs.pfs_file(file=output) as opened:
    assert opened.read() == b"one"
(datum,) = client.pps.list_datum(job=job)
assert datum.state == pps.DatumState.SUCCESS and datum.data[0].file.path == "/a", datum
messages = [line.message for line in client.pps.get_logs(job=job)]
assert "hello" in messages, messages

try:
    client.pps.create_pipeline_v2(create_pipeline_request_json='{"pipeline": {"name": "x"}, "nonsense": 1}')
    raise AssertionError("an unknown field was accepted")
except Exception as error:
    assert 'unexpected field "nonsense" in pps_v2.CreatePipelineRequest' in str(error), error
assert json.loads(client.pps.get_cluster_defaults().cluster_defaults_json)["createPipelineRequest"]
client.pps.delete_pipeline(pipeline=edges)
assert not client.pps.pipeline_exists(edges)
