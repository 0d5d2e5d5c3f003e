"""A workflow behind a route of HTTP, as a service of twenty lines has it: `POST /chain3` with the input as its body."""

from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from wf_engine.execution import Engine
from wf_engine.text.garbage import collect_seldom, undisturbed
from wf_engine.workspace import Settings, Workspace
from wf_engine.workspace.settings import Network

PORT = 9110
TEXT = (Path(__file__).parent / "fixed" / "chain3.yaml").read_text()
SETTINGS = Settings(env={"BENCH": "http://127.0.0.1:9100"}, network=Network(allow_loopback=True))
with undisturbed():
    WORKSPACE = Workspace.of({"chain3.yaml": TEXT}, SETTINGS)
WORKFLOW = WORKSPACE.workflow("chain3")


@asynccontextmanager
async def lifespan(app):
    async with Engine() as app.state.engine:
        yield


async def chain3(request):
    events = []
    body = await request.app.state.engine.execute(WORKSPACE, WORKFLOW, await request.json(), sink=events.append)
    return JSONResponse(body["output"], 200 if body["status"] == "succeeded" else 500)


app = Starlette(routes=[Route("/chain3", chain3, methods=["POST"])], lifespan=lifespan)

if __name__ == "__main__":
    collect_seldom()  # as `wf` does
    uvicorn.run(app, port=PORT, log_level="warning")
