"""Adds up each row of a matrix."""


class Sums:
    def predict(self, matrix):
        return [float(sum(row)) for row in matrix]


def _load_pyfunc(path):
    return Sums()
