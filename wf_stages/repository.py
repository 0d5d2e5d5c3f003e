"""What git knows of the project."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from wf_stages.errors import StageError

PROOFS = "stage-proofs"
CHANGELOG = "CHANGELOG.md"
_OUTSIDE_PROOFS = (".", f":(exclude){PROOFS}")
_OUTSIDE_RECORDS = (*_OUTSIDE_PROOFS, f":(exclude){CHANGELOG}")


@dataclass(frozen=True, slots=True)
class Repository:
    """A work tree of git."""

    root: Path

    @staticmethod
    def around(folder: Path) -> "Repository":
        """The work tree that holds the folder; a StageError where there is none."""
        out = _git(folder, "rev-parse", "--show-toplevel")
        if out.returncode:
            raise StageError(f"{folder} is not in a git repository", "proofs name commits: run `git init` first")
        return Repository(Path(out.stdout.strip()))

    @property
    def is_whole(self) -> bool:
        """Whether the whole history is here: not in a shallow clone, nor where files were copied without it."""
        out = _git(self.root, "rev-parse", "--is-shallow-repository")
        return out.returncode == 0 and out.stdout.strip() == "false"

    def knows(self, commit: str) -> bool:
        """Whether a commit is here."""
        return _git(self.root, "cat-file", "-e", f"{commit}^{{commit}}").returncode == 0

    def git(self, *arguments: str) -> str:
        """What the command prints; a StageError with its complaint where it fails."""
        out = _git(self.root, *arguments)
        if out.returncode:
            raise StageError(f"git {arguments[0]} failed: {(out.stderr or out.stdout).strip()}")
        return out.stdout.strip("\n")

    def commit(self) -> str:
        """The commit that is checked out; a StageError where there is none yet."""
        out = _git(self.root, "rev-parse", "--verify", "--quiet", "HEAD")
        if out.returncode:
            raise StageError("the repository has no commit yet", "commit what the stage is to prove")
        return out.stdout.strip()

    def name(self) -> str:
        """What the folder of the repository is called, that of its first work tree."""
        return Path(self.git("rev-parse", "--path-format=absolute", "--git-common-dir")).parent.name

    def branch(self) -> str:
        """The branch that is checked out, empty on none."""
        return self.git("branch", "--show-current")

    def is_clean(self) -> bool:
        """Whether the tree is what the commit says, stage-proofs/ aside."""
        return not self.git("status", "--porcelain", "--", *_OUTSIDE_PROOFS)

    def files(self) -> list[Path]:
        """Every file of the project that is not ignored, tracked or not."""
        listed = self.git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
        return [self.root / name for name in sorted(set(listed)) if name and (self.root / name).is_file()]

    def changed_since(self, commit: str) -> list[str]:
        """Files that differ from the commit, committed or not; stage-proofs/ and the changelog aside."""
        changed = self.git("diff", "--name-only", commit, "--", *_OUTSIDE_RECORDS).splitlines()
        untracked = self.git("ls-files", "--others", "--exclude-standard", "--", *_OUTSIDE_RECORDS).splitlines()
        return sorted({*changed, *untracked})

    def same_project(self, commit: str, other: str) -> bool:
        """Whether two commits differ in nothing but stage-proofs/ and the changelog."""
        return commit == other or not self.git("diff", "--name-only", commit, other, "--", *_OUTSIDE_RECORDS)

    def commit_that_added(self, path: Path) -> str | None:
        """The last commit that added a file which is part of what is checked out, None where it is not."""
        name = path.relative_to(self.root).as_posix()
        if _git(self.root, "cat-file", "-e", f"HEAD:{name}").returncode:
            return None
        return self.git("log", "-1", "--format=%H", "--diff-filter=A", "--", name) or None

    def differing(self, commit: str, folder: Path) -> list[str]:
        """Files of a folder, by their path in it, that are not as in the commit."""
        name = folder.relative_to(self.root).as_posix()
        changed = self.git("diff", "--name-only", commit, "--", name).splitlines()
        added = self.git("ls-files", "--others", "--exclude-standard", "--", name).splitlines()
        return [each.removeprefix(f"{name}/") for each in sorted({*changed, *added})]

    def folders_committed(self, folder: str) -> list[str]:
        """The folders in a folder of the commit that is checked out, by name; none where there is no commit."""
        listed = _git(self.root, "ls-tree", "-d", "-z", "--name-only", "HEAD", f"{folder}/")
        return [Path(each).name for each in listed.stdout.split("\0") if each and not listed.returncode]

    def distance(self, commit: str) -> int:
        """How many commits, of whatever, came after it."""
        return int(self.git("rev-list", "--count", f"{commit}..HEAD"))

    def is_ancestor(self, commit: str) -> bool:
        """Whether the commit is in the history of what is checked out."""
        return _git(self.root, "merge-base", "--is-ancestor", commit, "HEAD").returncode == 0

    def commits_since(self, commit: str) -> int:
        """How many commits changed the project after it."""
        return int(self.git("rev-list", "--count", f"{commit}..HEAD", "--", *_OUTSIDE_RECORDS))

    def worktrees(self) -> list[Path]:
        """Every work tree of the repository, this one first."""
        listed = re.findall(r"(?m)^worktree (.+)$", self.git("worktree", "list", "--porcelain"))
        return sorted(
            {Path(each) for each in listed if Path(each).is_dir()}, key=lambda path: (path != self.root, path)
        )


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    git = shutil.which("git")
    if git is None:
        raise StageError("git is not installed")
    # quotePath: names come as they are, not as C strings.
    command = [git, "-c", "core.quotePath=false", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
