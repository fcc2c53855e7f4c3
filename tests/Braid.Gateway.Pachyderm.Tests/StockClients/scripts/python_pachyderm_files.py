"""A day with files, as python-pachyderm's users write it. Exits with an error at the first surprise."""
import sys

import python_pachyderm
from python_pachyderm.errors import AuthServiceNotActivated  # noqa: F401  (the client needs it to reset a server)
from python_pachyderm.service import pfs_proto

host, port = sys.argv[1].split(":")
client = python_pachyderm.Client(host, int(port))

assert client.get_remote_version().major == 2
client.delete_all()
client.create_repo("images", description="pictures")
assert [info.repo.name for info in client.list_repo()] == ["images"]

with client.commit("images", "master") as commit:
    client.put_file_bytes(commit, "/a.txt", b"first")
    client.put_file_bytes(commit, "/d/b.txt", b"second")
info = client.wait_commit(commit.id)[0]
assert info.details.size_bytes == 11, info

head = ("images", "master")
assert client.get_file(head, "/a.txt").read() == b"first"
with client.modify_file_client(head) as changes:
    changes.put_file_from_bytes("/c.txt", b"third")
    changes.put_file_from_bytes("/a.txt", b" and more", append=True)
    changes.delete_file("/d/b.txt")
assert client.get_file(head, "/a.txt").read() == b"first and more"
assert [file.file.path for file in client.list_file(head, "/")] == ["/a.txt", "/c.txt"]
assert [file.file.path for file in client.glob_file(head, "/*.txt")] == ["/a.txt", "/c.txt"]
assert [file.file.path for file in client.walk_file(head, "/")] == ["/", "/a.txt", "/c.txt"]
assert client.inspect_file(head, "/c.txt").size_bytes == 5
assert client.path_exists(head, "/c.txt") and not client.path_exists(head, "/nothing")
changed = list(client.diff_file(head, "/"))
assert {(pair.new_file.file.path, pair.old_file.file.path) for pair in changed} >= {
    ("/a.txt", "/a.txt"),
    ("/c.txt", ""),
    ("", "/d/b.txt"),
}, changed

client.copy_file(head, "/a.txt", head, "/copy.txt")
with client.get_file_tar(head, "/") as archive:
    assert "/copy.txt" in archive.getnames(), archive.getnames()

client.create_branch("images", "stable", head_commit=("images", "master^"))
assert sorted(branch.branch.name for branch in client.list_branch("images")) == ["master", "stable"]
commits = list(client.list_commit("images"))
assert len(commits) == 3 and all(one.finished.seconds for one in commits)
assert client.inspect_branch("images", "stable").head.id == commits[1].commit.id

try:
    client.put_file_bytes(("images", "master", commits[0].commit.id), "/x", b"late")
    raise AssertionError("a finished commit was written")
except Exception as error:
    assert "has already finished" in str(error), error

client.delete_branch("images", "stable")
client.drop_commit(commits[0].commit.id)
assert not client.path_exists(head, "/copy.txt")
client.delete_repo("images")
assert list(client.list_repo()) == []
assert client.health_check().status == 1
