"""What the executions of one engine share: connections, circuits, and answers that are kept."""

import asyncio
from collections.abc import Callable

from wf_engine.execution.caching import Cache, Kept, Lease
from wf_engine.execution.circuits import Circuit
from wf_engine.execution.client import Client
from wf_engine.execution.errors import StepError
from wf_engine.execution.program import Call, CircuitUse
from wf_engine.execution.transport import RefusedAddressError, TransportError


class Services:
    """Made for one network policy. `random` gives numbers in [0, 1), by which waits between attempts are spread."""

    def __init__(self, client: Client, random: Callable[[], float]) -> None:
        self.client = client
        self.random = random
        self.cache = Cache()
        self._circuits: dict[tuple[str, str], Circuit] = {}
        self._renewals: set[asyncio.Task[None]] = set()

    def circuit(self, use: CircuitUse) -> Circuit:
        """The circuit of a task at a host."""
        key = (use.task, use.host)
        circuit = self._circuits.get(key)
        if circuit is None:
            circuit = self._circuits[key] = Circuit()
        return circuit

    def renew(self, call: Call, lease: Lease) -> None:
        """Fetches a stale answer anew, for those who ask later. No execution waits for it or records it."""
        task = asyncio.get_running_loop().create_task(self._renew(call, lease))
        self._renewals.add(task)
        task.add_done_callback(self._renewals.discard)

    async def close(self) -> None:
        """Gives up what is being fetched anew."""
        renewals = list(self._renewals)
        for task in renewals:
            task.cancel()
        if renewals:
            await asyncio.gather(*renewals, return_exceptions=True)

    async def _renew(self, call: Call, lease: Lease) -> None:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(call.timeout_ms / 1000):
                response = await self.client.send(call.request)
            answer = call.reader.read(call.request, response, loop.time(), str)
        except (StepError, TransportError, RefusedAddressError, TimeoutError):
            return  # the stale answer stands until its time is over
        else:
            lease.keep(Kept(answer.output, None, len(response.body)), loop.time())
        finally:
            lease.release()
