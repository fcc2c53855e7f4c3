"""A day with files, as pachyderm_sdk's users write it. Exits with an error at the first surprise."""
import sys

from pachyderm_sdk import Client
from pachyderm_sdk.api import pfs

host, port = sys.argv[1].split(":")
client = Client(host=host, port=int(port))

assert client.get_version().major == 2
repo = pfs.Repo.from_uri("default/images")
client.pfs.create_repo(repo=repo, description="pictures")
assert client.pfs.repo_exists(repo)
assert [info.repo.name for info in client.pfs.list_repo()] == ["images"]

branch = pfs.Branch.from_uri("images@master")
with client.pfs.commit(branch=branch) as commit:
    file = commit.put_file_from_bytes(path="/a.txt", data=b"first")
    commit.put_file_from_bytes(path="/d/b.txt", data=b"second")
commit.wait()
assert client.pfs.inspect_commit(commit=commit).details.size_bytes == 11

with client.pfs.pfs_file(file=file) as opened:
    assert opened.read() == b"first"
with client.pfs.pfs_file(file=pfs.File.from_uri("images@master:/d/b.txt")) as opened:
    assert opened.read() == b"second"
root = pfs.File(commit=pfs.Commit.from_uri("images@master"), path="/")
assert [info.file.path for info in client.pfs.list_file(file=root)] == ["/a.txt", "/d/"]
assert [info.file.path for info in client.pfs.walk_file(file=root)] == ["/", "/a.txt", "/d/", "/d/b.txt"]
matched = client.pfs.glob_file(commit=root.commit, pattern="**.txt")
assert [info.file.path for info in matched] == ["/a.txt", "/d/b.txt"]
assert client.pfs.path_exists(file=file)
with client.pfs.pfs_tar_file(file=root) as archive:
    assert archive.getnames()[-1].endswith("d/b.txt"), archive.getnames()

with client.pfs.commit(branch=branch) as second:
    second.copy_file(src=file, dst="/copy.txt")
    second.delete_file(path="/a.txt")
second.wait()
changes = list(client.pfs.diff_file(new_file=root))
assert any(change.new_file.file.path == "/copy.txt" for change in changes), changes
assert [len(one.commits) for one in client.pfs.list_commit_set()] == [1, 1]
assert client.pfs.commit_exists(second) and not client.pfs.path_exists(file=pfs.File.from_uri("images@master:/a.txt"))
assert client.pfs.branch_exists(branch)
assert client.pfs.inspect_branch(branch=branch).head.id == second.id

client.pfs.create_project(project=pfs.Project(name="vision"), description="eyes")
assert client.pfs.project_exists(pfs.Project(name="vision"))
client.pfs.delete_project(project=pfs.Project(name="vision"))
client.pfs.delete_repo(repo=repo)
assert not client.pfs.repo_exists(repo)
