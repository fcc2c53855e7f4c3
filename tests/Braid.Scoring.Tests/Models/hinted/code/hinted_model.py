"""Checks its input by its own type hints."""


class Hinted:
    def predict(self, people):
        return [person["name"].upper() for person in people]


def _load_pyfunc(path):
    return Hinted()
