"""Gives back what it was given, row by row, with its parameters."""


def value(item):
    item = item.item() if hasattr(item, "item") else item
    if item != item:
        return None
    return item.decode("latin-1") if isinstance(item, bytes) else item


class Columns:
    def predict(self, frame, params=None):
        names = list(frame)
        columns = [list(frame[name]) for name in names]
        rows = [dict(zip(names, map(value, row))) for row in zip(*columns)]
        return {"rows": rows, "params": params}


def _load_pyfunc(path):
    return Columns()
