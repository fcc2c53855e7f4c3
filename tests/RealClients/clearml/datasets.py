"""A day of datasets with the stock ClearML SDK: make, extend, publish, fetch, list, delete. Prints what it did."""

import os
import sys
import tempfile

from clearml import Dataset

PROJECT = sys.argv[1] if len(sys.argv) > 1 else "Datasets"
WORK = tempfile.mkdtemp()


def put(path, text):
    path = os.path.join(WORK, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    return path


def read(folder):
    texts = {}
    for base, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(base, name)
            with open(path) as file:
                texts[os.path.relpath(path, folder)] = file.read()
    return texts


def make(folder, name="letters", **more):
    dataset = Dataset.create(dataset_name=name, dataset_project=PROJECT, **more)
    dataset.add_files(os.path.join(WORK, folder))
    return dataset


def close(dataset):
    dataset.upload(show_progress=False)
    dataset.finalize()
    return dataset.id


put("one/a.txt", "alpha\n" * 50)
put("one/sub/b.txt", "beta\n" * 50)
first = make("one", dataset_tags=["raw"], dataset_version="1.0.0")
first_id = close(first)
assert len(read(Dataset.get(dataset_id=first_id).get_local_copy())) == 2
first.publish()
print("first", first_id)

put("two/a.txt", "other\n")
put("two/c.txt", "gamma\n")
second = make("two", parent_datasets=[first_id])
second.remove_files("sub/b.txt")
second_id = close(second)
wanted = {"a.txt": "other\n", "c.txt": "gamma\n"}
assert read(Dataset.get(dataset_id=second_id).get_local_copy()) == wanted
assert read(Dataset.get(dataset_id=second_id).get_mutable_local_copy(os.path.join(WORK, "mine"))) == wanted
assert Dataset.get(dataset_project=PROJECT, dataset_name="letters").id == second_id
assert Dataset.get(dataset_project=PROJECT, dataset_name="letters", dataset_version="1.0.0").id == first_id
print("second", second_id)

squashed = Dataset.squash("squashed", dataset_ids=[first_id, second_id])
linked = Dataset.create(dataset_name="linked", dataset_project=PROJECT)
assert linked.add_external_files(source_url="file://" + put("far/d.txt", "delta")) == 1
linked_id = close(linked)
assert list(Dataset.get(dataset_id=linked_id).link_entries_dict) == ["d.txt"]
versions = sorted((one["name"], one["version"]) for one in Dataset.list_datasets(dataset_project=PROJECT))
assert versions[:3] == [("letters", "1.0.0"), ("letters", "1.0.1"), ("linked", "1.0.0")], versions
Dataset.delete(dataset_id=squashed.id, force=True)
Dataset.delete(dataset_id=linked_id)
assert len(Dataset.list_datasets(dataset_project=PROJECT)) == 2
print("deleted", squashed.id, linked_id)
