"""Programs in a checkout with a change that is not committed, as they are while people work on them."""

import os
import shutil
import subprocess

PROGRAMS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "programs")
CHANGE = "# not committed"


def checkout(folder, program):
    """Makes FOLDER/origin.git and FOLDER/work with the program in it. Its path, and the address of its repository."""
    origin, work = os.path.join(folder, "origin.git"), os.path.join(folder, "work")
    os.makedirs(work)
    path = shutil.copy(os.path.join(PROGRAMS, program), work)
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch", "main", origin], check=True)
    git(work, "init", "--quiet", "--initial-branch", "main")
    git(work, "add", program)
    git(work, "-c", "user.name=somebody", "-c", "user.email=somebody@example.org", "commit", "--quiet", "-m", "Train")
    git(work, "remote", "add", "origin", f"file://{origin}")
    git(work, "push", "--quiet", "--set-upstream", "origin", "main")
    with open(path, "a") as file:
        file.write(f"\n{CHANGE}\n")
    return path, f"file://{origin}"


def git(folder, *arguments):
    subprocess.run(["git", "-C", folder, *arguments], check=True)
