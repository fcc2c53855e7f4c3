"""Transactions, file sets, walks and searches, as pachyderm_sdk's users write them. Exits with an error at the first surprise."""
import sys

from pachyderm_sdk import Client
from pachyderm_sdk.api import pfs, storage

host, port = sys.argv[1].split(":")
client = Client(host=host, port=int(port))


def repo(name):
    return pfs.Repo.from_uri(f"default/{name}")


def branch(text):
    return pfs.Branch.from_uri(text)


def picked(name):
    """The branch master of a repo, in the form in which walks take it."""
    of = pfs.RepoPicker(name=pfs.RepoPickerRepoName(project=pfs.ProjectPicker(name="default"), name=name, type="user"))
    return pfs.BranchPicker(name=pfs.BranchPickerBranchName(repo=of, name="master"))


# Transactions: two repos, two commits, one id.
with client.transaction.transaction() as transaction:
    client.pfs.create_repo(repo=repo("left"))
    client.pfs.create_repo(repo=repo("right"))
    assert [len(info.requests) for info in client.transaction.list_transaction().transaction_info] == [2]
assert not client.transaction.transaction_exists(transaction)

with client.transaction.transaction():
    first = client.pfs.start_commit(branch=branch("left@master"))
    second = client.pfs.start_commit(branch=branch("right@master"))
assert first.id == second.id
client.pfs.put_file_from_bytes(commit=first, path="/a", data=b"1")
client.pfs.put_file_from_bytes(commit=second, path="/b", data=b"2")
for open_commit in (first, second):
    client.pfs.finish_commit(commit=open_commit)
infos = client.pfs.wait_commit_set(pfs.CommitSet(id=first.id))
assert sorted(info.commit.repo.name for info in infos) == ["left", "right"]

try:
    with client.transaction.transaction() as failed:
        client.pfs.create_branch(branch=branch("left@gone"))
        raise KeyError("changed my mind")
except KeyError:
    pass
assert not client.pfs.branch_exists(branch("left@gone"))
assert not client.transaction.transaction_exists(failed)

# Provenance, and walks along it.
client.pfs.create_repo(repo=repo("joined"))
client.pfs.create_branch(branch=branch("joined@master"), provenance=[branch("left@master"), branch("right@master")])
upstream = client.pfs.walk_branch_provenance(start=[picked("joined")])
assert sorted(info.branch.repo.name for info in upstream) == ["left", "right"]
downstream = client.pfs.walk_branch_subvenance(start=[picked("left")])
assert [info.branch.repo.name for info in downstream] == ["joined"]
walked = client.pfs.walk_commit_provenance(start=[pfs.CommitPicker(branch_head=picked("joined"))], max_depth=1)
assert sorted(info.commit.repo.name for info in walked) == ["left", "right"]
walked = client.pfs.walk_commit_subvenance(start=[pfs.CommitPicker(branch_head=picked("right"))])
assert [info.commit.repo.name for info in walked] == ["joined"]

# File sets: made, composed, read, added to a commit; of the service of their own, too.
made = client.pfs.create_file_set(
    iter([
        pfs.ModifyFileRequest(add_file=pfs.AddFile(path="/set/a", raw=b"one")),
        pfs.ModifyFileRequest(add_file=pfs.AddFile(path="/set/b", raw=b"two")),
    ])
).file_set_id
total = client.pfs.get_file_set(commit=pfs.Commit.from_uri("left@master")).file_set_id
both = client.pfs.compose_file_set(file_set_ids=[made, total], ttl_seconds=60).file_set_id
client.pfs.renew_file_set(file_set_id=both, ttl_seconds=600)
assert len(client.pfs.shard_file_set(file_set_id=both, num_files=1).shards) == 3
created = client.storage.create_fileset(
    iter([
        storage.CreateFilesetRequest(append_file=storage.AppendFile(path="/set/c", data=b"three")),
        storage.CreateFilesetRequest(copy_file=storage.CopyFile(fileset_id=both, src="/set/a", dst="/set/d")),
    ])
).fileset_id
composed = client.storage.compose_fileset(fileset_ids=[both, created], ttl_seconds=60).fileset_id
read = client.storage.read_fileset(fileset_id=composed, filters=[storage.FileFilter(path_regex="^/set/")])
assert [(one.path, one.data) for one in read] == [("/set/a", b"one"), ("/set/b", b"two"), ("/set/c", b"three"), ("/set/d", b"one")]
filled = client.pfs.start_commit(branch=branch("right@filled"))
client.pfs.add_file_set(commit=filled, file_set_id=composed)
client.pfs.finish_commit(commit=filled)
client.pfs.wait_commit(filled)

# Globs, one page after the other, backward, and by range.
at = pfs.Commit.from_uri("right@filled")


def paths(infos):
    return [info.file.path for info in infos]


assert paths(client.pfs.glob_file(commit=at, pattern="/set/{a,d}")) == ["/set/a", "/set/d"]
assert paths(client.pfs.glob_file(commit=at, pattern="/set/[!a]")) == ["/set/b", "/set/c", "/set/d"]
assert paths(client.pfs.glob_file(commit=at, pattern="/*/!(b|c)")) == ["/set/a", "/set/d"]
assert paths(client.pfs.glob_file(commit=at, pattern="**", path_range=pfs.PathRange(lower="/set/b", upper="/set/d"))) == ["/set/b", "/set/c"]
folder = pfs.File(commit=at, path="/set")
assert paths(client.pfs.list_file(file=folder, number=2)) == ["/set/a", "/set/b"]
marker = pfs.File(commit=at, path="/set/b")
assert paths(client.pfs.list_file(file=folder, pagination_marker=marker, number=9)) == ["/set/c", "/set/d"]
assert paths(client.pfs.walk_file(file=folder, number=2, reverse=True)) == ["/set/d", "/set/c"]

# Diffs and the commits that changed a path.
with client.pfs.commit(branch=branch("right@filled")) as changed:
    changed.put_file_from_bytes(path="/set/a", data=b"ONE")
    changed.delete_file(path="/set/b")
with client.pfs.commit(branch=branch("right@filled")) as last:
    last.put_file_from_bytes(path="/other", data=b"x")
last.wait()
now = pfs.File(commit=pfs.Commit.from_uri("right@filled"), path="/set")
then = pfs.File(commit=pfs.Commit.from_uri("right@filled^2"), path="/set")
differences = [(one.new_file.file.path, one.old_file.file.path) for one in client.pfs.diff_file(new_file=now, old_file=then)]
assert ("/set/a", "/set/a") in differences and ("", "/set/b") in differences, differences
assert [one.new_file.file.path for one in client.pfs.diff_file(new_file=pfs.File(commit=last, path="/other"))] == ["/other"]
found = [one.found_commit.id for one in client.pfs.find_commits(start=pfs.Commit.from_uri("right@filled"), file_path="/set/a")]
assert changed.id in found and last.id not in found, found

# What two datums write is told by the commit.
tagged = client.pfs.start_commit(branch=branch("left@tagged"))
client.pfs.modify_file(
    iter([
        pfs.ModifyFileRequest(set_commit=tagged),
        pfs.ModifyFileRequest(add_file=pfs.AddFile(path="/same", datum="one", raw=b"1")),
        pfs.ModifyFileRequest(add_file=pfs.AddFile(path="/same", datum="two", raw=b"2")),
    ])
)
client.pfs.finish_commit(commit=tagged)
error = client.pfs.inspect_commit(commit=tagged, wait=pfs.CommitState.FINISHED).error
assert error == "duplicate path output by different datums (/same from one and /same from two)", error

client.pfs.squash_commit_set(commit_set=pfs.CommitSet(id=changed.id))
assert not client.pfs.commit_exists(changed)
assert list(client.pfs.fsck()) == []
