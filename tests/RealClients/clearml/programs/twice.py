"""What a job runs: a training, and after it another. It names neither its job nor the server."""

import argparse
import os

from clearml import Task

parser = argparse.ArgumentParser()
parser.add_argument("--rate", type=float, default=0.5)
args = parser.parse_args()


def train(name):
    task = Task.init(project_name="Training", task_name=name)
    for step in range(5):
        task.get_logger().report_scalar("loss", "train", args.rate**step, step)
    task.upload_artifact("learned", {"rate": args.rate})
    print("trained", name)
    task.close()
    return task.id


ids = [train("first"), train("second")]
with open("/pfs/out/ids", "w") as file:
    file.write("\n".join([os.environ["PACH_JOB_ID"], *ids]))
