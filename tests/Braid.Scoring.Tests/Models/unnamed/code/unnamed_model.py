"""Adds up the columns of each row."""


class Sums:
    def predict(self, frame):
        return [float(sum(row)) for row in zip(*(list(frame[name]) for name in frame))]


def _load_pyfunc(path):
    return Sums()
