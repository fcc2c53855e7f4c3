import { Command } from "../ui/Code.tsx";
import { Empty } from "../ui/Empty.tsx";

const host = location.hostname;

/** What to do when nothing is here yet: three ways to a first run, each a command to copy. */
export function FirstRun() {
  return (
    <Empty title="Nothing has run here yet">
      <p>Any of these makes a first run. It appears here while it runs; no other client library is needed.</p>
      <h3>See it all with data, in a minute</h3>
      <Command text="./braid demo --keep" />
      <h3>Any program, as it is</h3>
      <Command text="braid run -- python train.py" />
      <h3>MLflow</h3>
      <Command
        text={`export MLFLOW_TRACKING_URI=http://${host}:5000\npython -c "import mlflow; mlflow.log_param('lr', 0.1); mlflow.log_metric('loss', 0.5)"`}
      />
      <h3>ClearML</h3>
      <p>
        Make a key pair on the page <a href="/keys">Keys</a>, paste what it shows into <code>clearml-init</code>, and go on as ever:
      </p>
      <Command text={`python -c "from clearml import Task; Task.init('first', 'hello')"`} />
    </Empty>
  );
}
