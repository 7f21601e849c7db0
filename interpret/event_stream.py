"""Server-sent events out of bytes as they come, cut anywhere (HTML Living Standard, section 9.2.6)."""

import codecs
from typing import Final

_LIMIT: Final = 1 << 20
"""Characters of one event; a server that sends more without an end is not sending events."""


class EventReader:
    """Takes bytes, gives the data of each event that is complete. Comments, names and ids are left out."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._line = ""
        self._data: list[str] = []
        self._after_return = False

    def feed(self, received: bytes) -> list[str]:
        """The data of the events that these bytes complete. ValueError for an event without an end."""
        text = self._decoder.decode(received)
        if self._after_return and text:
            # The line ended with the carriage return; the line feed belongs to it.
            text = text.removeprefix("\n")
            self._after_return = False
        text = self._line + text
        self._after_return = text.endswith("\r")
        *lines, self._line = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if len(self._line) > _LIMIT or sum(map(len, self._data)) > _LIMIT:
            raise ValueError("an event without an end")
        return [data for line in lines if (data := self._take(line)) is not None]

    def finish(self) -> list[str]:
        """What stands unended at the end of the stream: servers that close without the last empty line mean it all the same."""
        data = [self._take(self._line), self._take("")]
        self._line = ""
        return [one for one in data if one is not None]

    def _take(self, line: str) -> str | None:
        if not line:
            data, self._data = "\n".join(self._data), []
            return data or None
        name, _, value = line.partition(":")
        if name == "data":
            self._data.append(value.removeprefix(" "))
        return None
