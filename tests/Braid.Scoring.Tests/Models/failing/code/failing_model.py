"""Does what its input says, none of it good."""

import os
import sys
import time


class Failing:
    def predict(self, data):
        word = data["prompt"]
        if word == "raise":
            raise ValueError("no such word")
        if word == "object":
            return object()
        if word == "print":
            print("to standard output")
        if word == "die":
            print("about to die", file=sys.stderr, flush=True)
            os._exit(3)
        if word == "sleep":
            time.sleep(600)
        return os.getpid() if word == "pid" else word


def _load_pyfunc(path):
    return Failing()
