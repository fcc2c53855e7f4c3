"""A training: draws its loss and keeps what it learned. With --queue it leaves that to an agent of the queue."""

import argparse

from clearml import Task

parser = argparse.ArgumentParser()
parser.add_argument("--rate", type=float, default=0.5)
parser.add_argument("--queue", default="")

task = Task.init(project_name="Training", task_name="trained elsewhere")
args = parser.parse_args()
if args.queue:
    task.execute_remotely(queue_name=args.queue)
for step in range(5):
    task.get_logger().report_scalar("loss", "train", args.rate**step, step)
task.upload_artifact("learned", {"rate": args.rate})
