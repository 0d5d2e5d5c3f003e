"""The entry point of the inspections."""

import sys
from pathlib import Path

from wf_stages.errors import StageError
from wf_stages.inspections import INSPECTIONS


def main(arguments: list[str]) -> int:
    """Runs an inspection in the current folder."""
    name, *rest = arguments or [""]
    if name not in INSPECTIONS:
        sys.stderr.write(f"no inspection {name!r}; there are {', '.join(INSPECTIONS)}\n")
        return 2
    try:
        found, looked_at = INSPECTIONS[name](Path.cwd(), rest)
    except StageError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.stdout.write(f"{len(found)} found, {looked_at} looked at\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
