"""A model without a signature: gives back what it was given as plain lists."""


def plain(item):
    if hasattr(item, "to_dict"):
        return item.to_dict(orient="list")
    if hasattr(item, "tolist"):
        return item.tolist()
    if isinstance(item, dict):
        return {name: plain(value) for name, value in item.items()}
    return [plain(value) for value in item] if isinstance(item, list) else item


class Echo:
    def predict(self, data, params=None):
        return [plain(data), params]


def _load_pyfunc(path):
    return Echo()
