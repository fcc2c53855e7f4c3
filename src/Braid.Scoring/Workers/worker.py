"""Loads one model and answers predictions over standard input and output: four bytes of length, then the message.

It needs no package that the model does not need. The first message says how to load the model; every other is a request. An answer
begins with a letter: R ready, P predictions, E the model failed, I the input cannot be what it should be, X the predictions are no JSON.
"""

import base64
import importlib
import inspect
import json
import os
import queue
import signal
import struct
import sys
import threading
import traceback


def optional(name):
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name != name:
            raise
        return None


class BadInput(Exception):
    pass


class Channel:
    """Messages on the pipes that this process was started with; what the model prints goes to standard error."""

    def __init__(self):
        self.reader = os.fdopen(os.dup(0), "rb")
        self.writer = os.fdopen(os.dup(1), "wb")
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(2, 1)
        self.messages = queue.SimpleQueue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        while len(head := self.reader.read(4)) == 4:
            self.messages.put(self.reader.read(struct.unpack(">I", head)[0]))
        # Who started this process has gone: what it computes is for nobody.
        os._exit(0)

    def next(self):
        return json.loads(self.messages.get())

    def send(self, kind, body):
        self.writer.write(struct.pack(">I", len(body) + 1) + kind + body)
        self.writer.flush()


class Pickled:
    """A model that is a pickle alone, where the package that loads it is not installed."""

    def __init__(self, path):
        import pickle

        with open(path, "rb") as file:
            self.model = pickle.load(file)

    def __getattr__(self, name):
        return getattr(self.model, name)

    def predict(self, data, params=None):
        return self.model.predict(data)


def load(settings):
    if settings["code"]:
        sys.path.insert(0, settings["code"])
    module = settings["loader"]
    try:
        if module == "mlflow.onnx" and optional("onnxruntime") is None:
            raise ModuleNotFoundError("No module named 'onnxruntime'", name="onnxruntime")
        loader = importlib.import_module(module)
    except ModuleNotFoundError as missing:
        if module == "mlflow.sklearn" and missing.name == "mlflow" and settings["pickle"]:
            print("mlflow is not installed: the model's pickle is loaded without it", file=sys.stderr)
            return Pickled(settings["pickle"])
        sys.exit(
            f"the model is loaded by {module}, which needs the package {missing.name}: "
            f"{sys.executable} does not have it. Install it there, or name another Python (--python)"
        )
    arguments = [settings["data"]] + ([settings["config"]] if settings["config"] else [])
    return loader._load_pyfunc(*arguments)


def array(spec):
    dtype, data = spec
    numpy = optional("numpy")
    if numpy is None:
        return data
    if dtype == "|S0":
        return numpy.vectorize(base64.b64decode, otypes=["S"])(numpy.array(data))
    try:
        return numpy.array(data, dtype="str" if dtype == "<U0" else dtype)
    except (ValueError, TypeError, OverflowError) as error:
        raise BadInput(f"Invalid input. {error}")


def column(pandas, name, dtype, values, index):
    if dtype == "bytes":
        values = [base64.b64decode(value) for value in values]
    if dtype == "arrays":
        values = [array([None, value]) for value in values]
    if dtype in ("bytes", "arrays", None):
        return pandas.Series(values, index=index, dtype=None if values and dtype is None else object)
    if not dtype.startswith("datetime"):
        return pandas.Series(values, index=index, dtype=dtype)
    try:
        return pandas.Series(values, index=index).astype(dtype)
    except Exception as error:
        raise BadInput(
            "Invalid input. Data is not compatible with model signature. "
            f"Failed to convert column {name} to type '{dtype}'. Error: '{error!r}'"
        )


def frame(given):
    pandas = optional("pandas")
    if pandas is None:
        return {
            name: [base64.b64decode(value) for value in values] if dtype == "bytes" else values
            for name, dtype, values in given["columns"]
        }
    index = range(given["rows"]) if given["index"] is None else given["index"]
    series = [column(pandas, name, dtype, values, index) for name, dtype, values in given["columns"]]
    made = pandas.concat(series, axis=1) if series else pandas.DataFrame(index=index)
    made.columns = [name for name, _, _ in given["columns"]]
    return made


def data_of(given):
    kind = given["kind"]
    if kind == "frame":
        return frame(given)
    if kind == "array":
        return array(given["data"])
    if kind == "arrays":
        return {name: array(spec) for name, spec in given["data"].items()}
    if kind == "records":
        return [{name: array([None, value]) for name, value in row.items()} for row in given["data"]]
    return given["data"]


def plain(value):
    """What json asks for what it cannot write."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, (bytes, bytearray)):
        return base64.encodebytes(value).decode("ascii")
    for method in ("isoformat", "model_dump"):
        if hasattr(value, method):
            return getattr(value, method)()
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def predictions_of(answer):
    kind = type(answer).__name__
    if kind == "Series" and hasattr(answer, "to_frame"):
        return answer.to_frame().to_dict(orient="records")
    return answer.to_dict(orient="records") if kind == "DataFrame" else answer


def failure(error):
    known = getattr(error, "error_code", None) if hasattr(error, "get_http_status_code") else None
    return json.dumps(
        {
            "code": known or "BAD_REQUEST",
            "status": error.get_http_status_code() if known else 400,
            "message": f"Failed to predict data. \nError: {error}"
            if known
            else "Encountered an unexpected error while evaluating the model. Verify that the serialized input Dataframe is "
            "compatible with the model for inference.",
            "trace": traceback.format_exc(),
        }
    ).encode()


def answer(predict, takes_parameters, request):
    try:
        data = data_of(request["input"])
    except BadInput as error:
        return b"I", str(error).encode()
    try:
        made = predict(data, params=request["params"]) if takes_parameters else predict(data)
    except Exception as error:
        return b"E", failure(error)
    try:
        return b"P", json.dumps(predictions_of(made), default=plain).encode()
    except (TypeError, ValueError) as error:
        return b"X", str(error).encode()


def main():
    # Who started this process ends it, when all is answered.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: None)
    # The model's folder is only read.
    sys.dont_write_bytecode = True
    channel = Channel()
    settings = channel.next()
    predict = getattr(load(settings), settings["predict"])
    given = inspect.signature(predict).parameters.get("params")
    takes_parameters = given is not None and given.kind != inspect.Parameter.VAR_KEYWORD
    packages = [name for name in ("numpy", "pandas") if optional(name) is None]
    channel.send(b"R", json.dumps({"python": sys.version.split()[0], "missing": packages}).encode())
    while True:
        channel.send(*answer(predict, takes_parameters, channel.next()))


main()
