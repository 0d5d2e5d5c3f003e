"""Writing a file so that it is there as a whole or as it was before."""

import os
import tempfile
from pathlib import Path

from wf_engine.text import WfError


def save(path: Path, text: str) -> None:
    """Puts a text, as UTF-8, where a file is or is to be; keeps its permissions, and follows a link. Raises WfError."""
    target = Path(os.path.realpath(path))
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode("utf-8", "surrogatepass"))
            Path(name).chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise WfError(f"{path} cannot be written: {error.strerror}.") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
