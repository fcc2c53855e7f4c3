"""Models: autologging of scikit-learn, logging and loading, the registry with stages, aliases and tags."""

import uuid

import mlflow
import mlflow.sklearn
import numpy
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

client = MlflowClient()
three = mlflow.__version__[0] == "3"
suffix = uuid.uuid4().hex[:8]
experiment = mlflow.set_experiment(f"models-{suffix}")
features, labels = load_iris(return_X_y=True)

# Autologging
mlflow.sklearn.autolog(log_input_examples=True, log_datasets=True)
with mlflow.start_run(run_name="automatic") as automatic:
    model = LogisticRegression(max_iter=300, C=0.5).fit(features, labels)
    score = model.score(features, labels)
mlflow.sklearn.autolog(disable=True)
read = client.get_run(automatic.info.run_id)
assert read.data.params["C"] == "0.5" and read.data.params["max_iter"] == "300", read.data.params
assert read.data.metrics["training_score"] == score
assert read.data.tags["estimator_name"] == "LogisticRegression"
assert read.inputs.dataset_inputs, "the training data is an input"
paths = [file.path for file in client.list_artifacts(automatic.info.run_id)]
assert "training_confusion_matrix.png" in paths, paths
loaded = mlflow.pyfunc.load_model(f"runs:/{automatic.info.run_id}/model")
assert (loaded.predict(features) == model.predict(features)).all()

# By hand
with mlflow.start_run(run_name="by hand") as run:
    where = {"name": "classifier"} if three else {"artifact_path": "classifier"}
    logged = mlflow.sklearn.log_model(
        model,
        signature=infer_signature(features, model.predict(features)),
        input_example=features[:2],
        registered_model_name=f"iris-{suffix}",
        **where,
    )
native = mlflow.sklearn.load_model(logged.model_uri)
assert numpy.allclose(native.coef_, model.coef_)
assert mlflow.models.get_model_info(logged.model_uri).signature is not None

# The registry
name = f"iris-{suffix}"
version = client.get_model_version(name, 1)
assert (version.status, version.run_id, version.current_stage) == ("READY", run.info.run_id, "None"), version
second = mlflow.register_model(f"runs:/{run.info.run_id}/classifier", name, tags={"from": "register_model"})
assert int(second.version) == 2 and second.tags["from"] == "register_model"
client.update_registered_model(name, "Tells flowers apart")
client.set_registered_model_tag(name, "task", "classification")
client.set_model_version_tag(name, "1", "checked", "yes")
client.update_model_version(name, "1", "The first")
client.set_registered_model_alias(name, "champion", "1")
client.set_registered_model_alias(name, "challenger", "2")
assert client.get_model_version_by_alias(name, "champion").version in ("1", 1)
assert (mlflow.pyfunc.load_model(f"models:/{name}@champion").predict(features[:5]) == labels[:5]).all()
client.transition_model_version_stage(name, "1", "Staging")
client.transition_model_version_stage(name, "2", "Staging", archive_existing_versions=True)
stages = {str(one.version): one.current_stage for one in client.search_model_versions(f"name = '{name}'")}
assert stages == {"1": "Archived", "2": "Staging"}, stages
assert [str(one.version) for one in client.get_latest_versions(name, ["Staging"])] == ["2"]
assert (mlflow.pyfunc.load_model(f"models:/{name}/Staging").predict(features[:5]) == labels[:5]).all()
assert (mlflow.pyfunc.load_model(f"models:/{name}/2").predict(features[:5]) == labels[:5]).all()
registered = client.get_registered_model(name)
assert registered.description == "Tells flowers apart" and registered.tags == {"task": "classification"}
assert {alias: str(number) for alias, number in registered.aliases.items()} == {"champion": "1", "challenger": "2"}
assert [one.name for one in client.search_registered_models(f"name LIKE 'iris-{suffix}%' AND tags.task = 'classification'")] == [name]
assert [str(one.version) for one in client.search_model_versions(f"name = '{name}' AND tags.checked = 'yes'")] == ["1"]
assert len(client.search_model_versions(f"run_id = '{run.info.run_id}'", order_by=["version_number DESC"])) == 2
assert client.get_model_version_download_uri(name, "1")
client.copy_model_version(f"models:/{name}/1", f"copy-{suffix}")
copied = client.get_model_version(f"copy-{suffix}", "1")
assert (mlflow.pyfunc.load_model(f"models:/copy-{suffix}/{copied.version}").predict(features[:5]) == labels[:5]).all()
client.delete_registered_model_alias(name, "champion")
client.delete_model_version_tag(name, "1", "checked")
client.delete_registered_model_tag(name, "task")
client.rename_registered_model(name, f"{name}-renamed")
client.delete_model_version(f"{name}-renamed", "1")
assert [str(one.version) for one in client.search_model_versions(f"name = '{name}-renamed'")] == ["2"]
client.delete_registered_model(f"{name}-renamed")
try:
    client.get_registered_model(f"{name}-renamed")
    raise AssertionError("it was deleted")
except MlflowException as error:
    assert error.error_code == "RESOURCE_DOES_NOT_EXIST", error.error_code

# Logged models, which 3.x has
if three:
    models = mlflow.search_logged_models([experiment.experiment_id], output_format="list")
    assert {one.source_run_id for one in models} == {run.info.run_id, automatic.info.run_id}, models
    by_name = mlflow.search_logged_models([experiment.experiment_id], "name = 'classifier'", output_format="list")
    assert [one.model_id for one in by_name] == [logged.model_id]
    data = mlflow.data.from_numpy(features, targets=labels, name="iris")
    with mlflow.start_run(run_id=run.info.run_id):
        mlflow.log_metric("accuracy", 0.97, model_id=logged.model_id, dataset=data)
        mlflow.log_metric("accuracy", 0.5, model_id=models[0].model_id if models[0].model_id != logged.model_id else models[1].model_id)
    measured = mlflow.get_logged_model(logged.model_id)
    assert [(one.key, one.value, one.dataset_name) for one in measured.metrics if one.key == "accuracy"] == [("accuracy", 0.97, "iris")]
    best = mlflow.search_logged_models(
        [experiment.experiment_id],
        "metrics.accuracy > 0.4",
        datasets=[{"dataset_name": "iris"}],
        order_by=[{"field_name": "metrics.accuracy", "ascending": False}],
        output_format="list",
    )
    assert [one.model_id for one in best] == [logged.model_id], best
    mlflow.set_logged_model_tags(logged.model_id, {"reviewed": "yes"})
    assert mlflow.get_logged_model(logged.model_id).tags["reviewed"] == "yes"
    mlflow.delete_logged_model_tag(logged.model_id, "reviewed")
    outputs = client.get_run(run.info.run_id).outputs.model_outputs
    assert logged.model_id in [one.model_id for one in outputs]
    client.delete_logged_model(logged.model_id)
    assert logged.model_id not in [one.model_id for one in mlflow.search_logged_models([experiment.experiment_id], output_format="list")]
print("models", mlflow.__version__, run.info.run_id)
