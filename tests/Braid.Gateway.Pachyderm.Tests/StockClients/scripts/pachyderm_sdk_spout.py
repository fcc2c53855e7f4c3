"""A spout that writes with pachyderm_sdk, and a pipeline behind it that is watched with it. Exits with an error at the first surprise."""
import json
import os
import sys

from pachyderm_sdk import Client
from pachyderm_sdk.api import pfs, pps

SPOUT = """
import time
from pachyderm_sdk import Client
from pachyderm_sdk.api import pfs

client = Client.new_in_cluster()
for number in range(3):
    with client.pfs.commit(branch=pfs.Branch.from_uri("source@master")) as commit:
        commit.put_file_from_bytes(path=f"/{number}", data=f"message {number}".encode())
    print("wrote", number, flush=True)
time.sleep(600)
"""

host, port = sys.argv[1].split(":")
client = Client(host=host, port=int(port))
source = pps.Pipeline(project=pfs.Project(name="default"), name="source")
# The SDK leaves out messages that are empty, as a spout without a port is.
client.pps.create_pipeline_v2(
    create_pipeline_request_json=json.dumps(
        {
            "pipeline": {"name": "source"},
            "transform": {
                "cmd": ["/usr/bin/python3", "-"],
                "stdin": SPOUT.split("\n"),
                "env": {"PYTHONPATH": os.environ["PYTHONPATH"]},
            },
            "spout": {},
        }
    )
)

lines = []
for line in client.pps.get_logs(pipeline=source, follow=True):
    if line.user:
        assert line.job_id == "spout", line
        lines.append(line.message)
    if len(lines) == 3:
        break
assert lines == ["wrote 0", "wrote 1", "wrote 2"], lines
commits = list(client.pfs.list_commit(repo=pfs.Repo.from_uri("default/source")))
assert len([commit for commit in commits if commit.finished]) >= 3, commits

counts = pps.Pipeline(project=pfs.Project(name="default"), name="counts")
client.pps.create_pipeline(
    pipeline=counts,
    transform=pps.Transform(cmd=["sh"], stdin=["wc -c < $source > /pfs/out/$(basename $source)"]),
    input=pps.Input(pfs=pps.PfsInput(repo="source", glob="/*")),
)
job = next(iter(client.pps.subscribe_job(pipeline=counts, details=True))).job
ended = client.pps.inspect_job(job=job, wait=True, details=True)
assert (ended.state, ended.data_processed) == (pps.JobState.JOB_SUCCESS, 3), ended
with client.pfs.pfs_file(file=pfs.File(commit=pfs.Commit.from_uri(f"counts@{job.id}"), path="/2")) as opened:
    assert opened.read() == b"9\n"
client.pps.delete_pipeline(pipeline=counts)
client.pps.delete_pipeline(pipeline=source)
