"""Transactions, globs and differences, as python-pachyderm's users write them. Exits with an error at the first surprise."""
import sys

import python_pachyderm
from python_pachyderm.service import pfs_proto, transaction_proto

host, port = sys.argv[1].split(":")
client = python_pachyderm.Client(host, int(port))

# Transactions: as a context, by hand, given up, and as a batch.
with client.transaction() as transaction:
    client.create_repo("left")
    client.create_repo("right")
    assert len(client.inspect_transaction(transaction).requests) == 2
assert [info.repo.name for info in client.list_repo()] == ["right", "left"]

with client.transaction():
    first = client.start_commit("left", "master")
    second = client.start_commit("right", "master")
assert first.id == second.id
client.put_file_bytes(first, "/a", b"1")
client.put_file_bytes(second, "/b", b"2")
client.finish_commit(first)
client.finish_commit(second)
assert sorted(info.commit.branch.repo.name for info in client.wait_commit(first.id)) == ["left", "right"]

by_hand = client.start_transaction()
assert [info.transaction.id for info in client.list_transaction()] == [by_hand.id]
client.transaction_id = by_hand.id
client.create_branch("left", "side", head_commit=("left", "master"))
client.transaction_id = None
assert [one.branch.name for one in client.list_branch("left")] == ["master"]
client.finish_transaction(by_hand)
assert sorted(one.branch.name for one in client.list_branch("left")) == ["master", "side"]
client.delete_transaction(client.start_transaction())
assert list(client.list_transaction()) == []

client.batch_transaction(
    [
        transaction_proto.TransactionRequest(
            delete_branch=pfs_proto.DeleteBranchRequest(
                branch=pfs_proto.Branch(name="side", repo=pfs_proto.Repo(name="left", type="user"))
            )
        ),
        transaction_proto.TransactionRequest(
            create_repo=pfs_proto.CreateRepoRequest(repo=pfs_proto.Repo(name="batch", type="user"))
        ),
    ]
)
assert [one.branch.name for one in client.list_branch("left")] == ["master"]
assert client.inspect_repo("batch").repo.name == "batch"

# Globs and walks.
head = ("left", "master")
with client.modify_file_client(head) as changes:
    for name in ("/d/a.txt", "/d/b.txt", "/d/e/c.txt", "/top.txt"):
        changes.put_file_from_bytes(name, name.encode())


def paths(infos):
    return [info.file.path for info in infos]


assert paths(client.glob_file(head, "/*")) == ["/a", "/d/", "/top.txt"]
assert paths(client.glob_file(head, "/d/*.txt")) == ["/d/a.txt", "/d/b.txt"]
assert paths(client.glob_file(head, "**.txt")) == ["/d/a.txt", "/d/b.txt", "/d/e/c.txt", "/top.txt"]
assert paths(client.glob_file(head, "/d/{b,e/c}.txt")) == ["/d/b.txt", "/d/e/c.txt"]
assert paths(client.walk_file(head, "/d")) == ["/d/", "/d/a.txt", "/d/b.txt", "/d/e/", "/d/e/c.txt"]
assert paths(client.list_file(head, "/d")) == ["/d/a.txt", "/d/b.txt", "/d/e/"]

# Differences between any two commits; what squashing leaves.
client.delete_file(head, "/d/a.txt")
middle = client.inspect_commit(head)
middle = next(iter(middle)).commit.id
client.copy_file(head, "/d/b.txt", head, "/d/copy.txt")
changed = [(one.new_file.file.path, one.old_file.file.path) for one in client.diff_file(head, "/d", ("left", "master^2"), "/d")]
assert ("", "/d/a.txt") in changed and ("/d/copy.txt", "") in changed, changed
client.squash_commit(middle)
assert paths(client.list_file(head, "/d")) == ["/d/b.txt", "/d/copy.txt", "/d/e/"]

# What two datums write is told by the commit.
with client.commit("right", "tagged") as tagged:
    client.put_file_bytes(tagged, "/same", b"1", datum="one")
    client.put_file_bytes(tagged, "/same", b"2", datum="two")
error = client.wait_commit(tagged.id)[0].error
assert error == "duplicate path output by different datums (/same from one and /same from two)", error

assert list(client.fsck()) == []
