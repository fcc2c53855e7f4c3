"""clearml-data on the command line: a dataset is made, extended, looked at and fetched, by its id and by its name."""

import os
import re
import subprocess
import sys
import tempfile

HOME = tempfile.mkdtemp()


def data(*arguments):
    command = [sys.executable, "-m", "clearml.cli.data", *arguments]
    # The command keeps the id of the dataset that it worked on last in the home folder.
    run = subprocess.run(command, env={**os.environ, "HOME": HOME}, text=True, stdout=subprocess.PIPE)
    assert run.returncode == 0, (arguments, run.stdout)
    return run.stdout


def created(printed):
    return re.search(r"New dataset created id=([0-9a-f]{32})", printed).group(1)


def put(path, text):
    path = os.path.join(HOME, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    return path


def read(path):
    with open(os.path.join(HOME, path)) as file:
        return file.read()


put("one/a.txt", "alpha\n")
put("one/sub/b.txt", "beta\n")
first = created(data("create", "--project", "Command line", "--name", "letters", "--tags", "raw"))
data("add", "--files", os.path.join(HOME, "one"))
data("upload")
data("close")
listed = data("list", "--id", first)
assert "a.txt" in listed and "sub/b.txt" in listed, listed

second = created(data("create", "--project", "Command line", "--name", "letters", "--parents", first))
data("add", "--files", put("two/c.txt", "gamma\n"))
data("remove", "--files", "sub/b.txt")
data("close")
listed = data("list", "--project", "Command line", "--name", "letters")
assert "a.txt" in listed and "c.txt" in listed and "b.txt" not in listed, listed
data("get", "--id", second, "--copy", os.path.join(HOME, "copy"))
assert sorted(os.listdir(os.path.join(HOME, "copy"))) == ["a.txt", "c.txt"]
assert (read("copy/a.txt"), read("copy/c.txt")) == ("alpha\n", "gamma\n")
data("delete", "--id", second)
found = data("search", "--project", "Command line")
assert "1.0.0" in found and "1.0.1" not in found, found
print("kept", first, "deleted", second)
