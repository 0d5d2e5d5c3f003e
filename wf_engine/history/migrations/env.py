"""Runs the revisions over the connection that `migrations.upgrade` hands in, inside of its transaction."""

from alembic import context

from wf_engine.history.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
