"""Keys typed faster than the screen changes go where the key before them leads."""

import asyncio
from collections import deque
from contextlib import suppress
from typing import ClassVar, Final

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump

_GLANCE: Final = 0.02
"""Seconds after which a widget that has not answered is looked at again: it may be gone."""
_PATIENCE: Final = 3.0
"""Seconds that keys are held back at most: where something hangs, it is no help to be silent as well."""


class KeyOrderApp(App[int]):
    """Textual hands each key to the widget with the focus as it comes in, and looks for the key's binding when the widget has
    no use for it. So what is typed right after Ctrl+G or / would still go to the field or list before: a letter of a word would
    be taken for a command. Here keys that may lead elsewhere are waited for.
    """

    LEADING_KEYS: ClassVar[frozenset[str]] = frozenset()
    """Names or characters of the keys after which another widget or screen may have the focus."""

    def __init__(self) -> None:
        super().__init__()
        self._held: deque[events.Key | events.Paste] = deque()
        self._handing_on: asyncio.Task[None] | None = None

    @property
    def keys_under_way(self) -> bool:
        """Whether something that was typed has not reached its place yet."""
        return self._handing_on is not None

    async def on_event(self, event: events.Event) -> None:
        """Hold back what is typed while a key before it is at work."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self.keys_under_way or self._leads(event):
            self._held.append(event)
            if self._handing_on is None:
                self._handing_on = asyncio.create_task(self._hand_on())
        else:
            await super().on_event(event)

    def _leads(self, event: events.Key | events.Paste) -> bool:
        if not isinstance(event, events.Key) or not self.screen_stack:
            return False
        if self.focused is not None and self.focused.check_consume_key(event.key, event.character):
            return False
        return not self.LEADING_KEYS.isdisjoint((event.key, event.character))

    async def _hand_on(self) -> None:
        deliver = super().on_event
        try:
            while self._held:
                event = self._held.popleft()
                leads, target = self._leads(event), self.focused or self.screen
                self.call_later(deliver, event)
                await _idle(self)
                if leads:
                    await self._settled(target)
        finally:
            self._handing_on = None

    async def _settled(self, target: DOMNode) -> None:
        """Wait until a key's action has run and the screen it led to has its focus."""
        try:
            async with asyncio.timeout(_PATIENCE):
                # Up to the app, which looks for the binding; then the screen there is now, and what it asked the app for.
                for node in target.ancestors_with_self:
                    await _idle(node)
                for _ in range(2):
                    await _idle(self.screen)
                    await _idle(self)
        except TimeoutError:
            self.log.warning("what was typed waited in vain")


async def _idle(pump: MessagePump) -> None:
    """Wait until a widget has handled what it has been sent so far, or is gone."""
    done = asyncio.Event()
    if pump.call_later(done.set):
        while pump.is_running and not done.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), _GLANCE)
