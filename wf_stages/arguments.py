"""What can be written after `wf stage`."""

import argparse

from wf_stages.errors import StageError


def parser() -> argparse.ArgumentParser:
    """The parser; the command's name stands in `command`."""
    top = argparse.ArgumentParser("wf stage", description="Stages and proofs: done means proven.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _begin(commands.add_parser("init", help="begin a stage"))
    _gates(commands.add_parser("gates", help="run gates and keep their evidence"))
    status = _staged(commands.add_parser("status", help="how far stages are, in all work trees"))
    status.add_argument("--json", action="store_true", help="for machines")
    done = _staged(commands.add_parser("complete", help="record, commit and tag a stage whose gates hold"))
    done.add_argument("--dry-run", action="store_true", help="say what stands in the way, change nothing")
    verify = commands.add_parser("verify", help="find every hash and verdict anew")
    verify.add_argument("stage", nargs="?", help="the stage; by the branch where not given")
    verify.add_argument("--all", action="store_true", help="every stage")
    dashboard = commands.add_parser("dashboard", help="one page of all stages")
    dashboard.add_argument("--output", default="stage-proofs/dashboard.html", metavar="FILE", help="%(default)s")
    commands.add_parser("list", help="the gates and profiles of this project")
    waive = _staged(commands.add_parser("waive", help="go on without a gate that cannot be run, on record"))
    waive.add_argument("gate", type=int)
    for name, text in (("who", "who answers for it"), ("why", "why it cannot be run"), ("until", "YYYY-MM-DD")):
        waive.add_argument(f"--{name}", required=True, help=text)
    baseline = _staged(commands.add_parser("baseline", help="later runs are compared with this gate's last figures"))
    baseline.add_argument("gate", type=int)
    deliverable = _staged(commands.add_parser("deliverable", help="add a deliverable, or say how it stands"))
    deliverable.add_argument("name")
    deliverable.add_argument("--status", choices=("planned", "done", "dropped"), default="planned")
    return top


def _staged(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("--stage", metavar="N", help="by the branch stage-N where not given")
    return command


def _begin(command: argparse.ArgumentParser) -> None:
    _staged(command)
    command.add_argument("--name", required=True, help="what it is, in words")
    command.add_argument("--profile", help="which gates it has; that of stages.yaml where not given")
    command.add_argument("--deliverable", action="append", default=[], help="once for each")
    command.add_argument("--worktree", action="store_true", help="in a work tree and branch of its own")


def _gates(command: argparse.ArgumentParser) -> None:
    _staged(command)
    command.add_argument("which", nargs="*", help="numbers, ranges such as 1-8, or all; all where not given")
    command.add_argument("--jobs", type=int, default=1, metavar="N", help="so many at once")
    command.add_argument("--keep-going", action="store_true", help="do not stop at a mandatory gate that fails")
    command.add_argument("--resume", action="store_true", help="leave out what passed on this very commit")
    command.add_argument("--live", action="store_true", help="show what the tools say as they say it")


def numbers(which: list[str], order: list[int], known: list[int]) -> list[int]:
    """The gates that were asked for, in the order they run; `order` are those of the profile."""
    wanted: set[int] = set()
    for each in [part for text in which for part in text.split(",") if part] or ["all"]:
        wanted |= set(order) if each == "all" else _range(each, known)
    return [number for number in known if number in wanted]


def _range(text: str, known: list[int]) -> set[int]:
    first, dash, last = text.partition("-")
    if not first.isdecimal() or not (last.isdecimal() if dash else True):
        raise StageError(f"{text!r} names no gate", "write a number, a range such as 1-8, or all")
    low, high = int(first), int(last or first)
    found = {number for number in known if low <= number <= high}
    if not found:
        raise StageError(f"there is no gate {text}", "`wf stage list` shows them")
    return found
