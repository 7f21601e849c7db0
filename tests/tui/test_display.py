"""In which script Chinese is shown."""

from lang import conversion
from tui.display import AS_STORED, DISPLAY_SCRIPTS


def test_every_script_but_the_stored_one_can_be_converted_to():
    assert DISPLAY_SCRIPTS[0] is AS_STORED
    assert tuple(script.tag for script in DISPLAY_SCRIPTS[1:]) == conversion.DISPLAY_SCRIPTS


def test_text_is_shown_in_the_script():
    assert [script.show("軟件") for script in DISPLAY_SCRIPTS] == ["軟件", "软件", "軟件", "軟體"]
