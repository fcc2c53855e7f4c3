"""A day with pipelines, as python-pachyderm's users write it. Exits with an error at the first surprise."""
import sys

import python_pachyderm
from python_pachyderm.service import pps_proto

host, port = sys.argv[1].split(":")
client = python_pachyderm.Client(host, int(port))

client.create_repo("images")
with client.commit("images", "master") as commit:
    client.put_file_bytes(commit, "/a", b"one")
client.create_pipeline(
    "edges",
    transform=pps_proto.Transform(cmd=["sh"], stdin=["echo edges of $images", "tr a-z A-Z < $images > /pfs/out/$(basename $images)"]),
    input=pps_proto.Input(pfs=pps_proto.PFSInput(glob="/*", repo="images")),
    description="capital letters",
)

pipeline = next(client.inspect_pipeline("edges", details=True))
assert pipeline.version == 1 and pipeline.details.description == "capital letters", pipeline
assert pipeline.details.input.pfs.glob == "/*" and pipeline.pipeline.project.name == "default"
assert [info.pipeline.name for info in client.list_pipeline()] == ["edges"]

first = next(client.list_job("edges"))
job = next(client.inspect_job(first.job.id, "edges", wait=True, details=True))
assert job.state == pps_proto.JobState.JOB_SUCCESS, job
assert (job.data_processed, job.data_skipped, job.data_total) == (1, 0, 1), job
assert job.details.transform.cmd == ["sh"] and job.stats.process_time is not None
assert client.get_file(("edges", "master"), "/a").read() == b"ONE"

with client.commit("images", "master") as commit:
    client.put_file_bytes(commit, "/b", b"two")
infos = client.wait_commit(commit.id)
assert {"images", "edges"} <= {info.commit.branch.repo.name for info in infos}, infos
job = next(client.inspect_job(commit.id, "edges", wait=True))
assert job.job.id == commit.id
assert (job.data_processed, job.data_skipped, job.data_total) == (1, 1, 2), job
assert sorted(file.file.path for file in client.list_file(("edges", "master"), "/")) == ["/a", "/b"]

datums = list(client.list_datum("edges", commit.id))
states = pps_proto.DatumState
assert sorted(datum.state for datum in datums) == [states.SUCCESS, states.SKIPPED], datums
one = client.inspect_datum("edges", commit.id, datums[0].datum.id)
assert one.pfs_state.path and one.stats is not None and one.data[0].file.commit.repo.name in ("", "images")
lines = [line.message for line in client.get_job_logs("edges", commit.id) if line.user]
assert any("edges of /pfs/images/b" in line for line in lines), lines
assert any(line.message for line in client.get_pipeline_logs("edges"))

client.stop_pipeline("edges")
assert next(client.inspect_pipeline("edges")).state == pps_proto.PipelineState.PIPELINE_PAUSED
client.start_pipeline("edges")
try:
    client.delete_repo("edges")
    raise AssertionError("the repo of a pipeline was deleted")
except Exception as error:
    assert "cannot delete a repo associated with a pipeline" in str(error), error
client.delete_pipeline("edges")
assert list(client.list_pipeline()) == []
assert [info.repo.name for info in client.list_repo()] == ["images"]
