"""A training that takes a while and says when."""

import time

from clearml import Task

task = Task.init(project_name="Shared", task_name="slow")
began = time.time()
time.sleep(3)
task.get_logger().report_single_value("began", began)
task.get_logger().report_single_value("ended", time.time())
