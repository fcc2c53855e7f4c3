"""A training that goes on until a file is there, and says how often it began and whether it was told to stop."""

import argparse
import os
import time

from clearml import Task

parser = argparse.ArgumentParser()
parser.add_argument("--until", default="")
parser.add_argument("--notes", default="")

task = Task.init(project_name="Shared", task_name="held")
args = parser.parse_args()


def note(word):
    if args.notes:
        with open(args.notes, "a") as file:
            file.write(f"{word}\n")


note("began")
task.register_abort_callback(lambda: note("told to stop"), callback_execution_timeout=10)
while args.until and not os.path.exists(args.until):
    time.sleep(0.2)
note("ended")
