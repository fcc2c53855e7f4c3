"""Adds up each row of one tensor, and its item of the other."""


class Sums:
    def predict(self, tensors):
        return [float(sum(row)) + int(more) for row, more in zip(tensors["x"], tensors["y"])]


def _load_pyfunc(path):
    return Sums()
