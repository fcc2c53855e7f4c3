"""Gives back what it was given, row by row."""


def plain(item):
    if isinstance(item, dict):
        return {name: plain(value) for name, value in item.items()}
    if hasattr(item, "tolist"):
        return item.tolist()
    return [plain(value) for value in item] if isinstance(item, list) else item


class Rows:
    def predict(self, frame):
        names = list(frame)
        return [dict(zip(names, map(plain, row))) for row in zip(*(list(frame[name]) for name in names))]


def _load_pyfunc(path):
    return Rows()
