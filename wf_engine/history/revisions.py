"""The schema's revisions: which one a database has, and bringing it to the newest."""

from sqlalchemy import Connection, text

from wf_engine.history.schema import REVISIONS
from wf_engine.text import WfError

ELSEWHERE = "Choose another place with --history, WF_HISTORY or `[history] url` in wf.toml"


def known_revision(connection: Connection, name: str) -> str:
    """The revision of a database that has one. Raises WfError for one that this version does not know."""
    revision = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    if revision not in REVISIONS:
        message = f"The history {name} was written by a newer version of wf (schema {revision})."
        raise WfError(message, hint=f"Upgrade wf. {ELSEWHERE} to go on with this version.")
    return revision


def migrate(connection: Connection) -> None:
    """Brings the database to the newest revision, in the transaction of the connection."""
    # Imported here: it costs more than everything else that opening a history does.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "wf_engine.history:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
