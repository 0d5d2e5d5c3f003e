"""schemas/plan.schema.json: what `wf plan --json` gives."""

import json

from wf_engine.planning import PLAN_SCHEMA


def render() -> dict[str, str]:
    """The schema."""
    return {"schemas/plan.schema.json": json.dumps(PLAN_SCHEMA, indent=2, ensure_ascii=False) + "\n"}
