"""The audience's page in a browser: what is shown, in which look, and how it comes back."""

import pytest

from interpret.audience import Audience
from tests.interpret.browser import BROWSER, Browser

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")

SHOWN = (
    "Array.from(document.querySelectorAll('.caption')).map(function (one) {"
    " return one.className + ': ' + Array.from(one.children).map(function (p) { return p.textContent; }).join(' / '); })"
)
STATE = "getComputedStyle(document.getElementById('state')).visibility"
COLOUR = "getComputedStyle(document.querySelector('.caption:last-child .english')).color"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    made = Browser(tmp_path_factory.mktemp("profile"))
    yield made
    made.close()


@pytest.fixture
def audience():
    made = Audience()
    yield made
    made.close()


def test_captions_grow_grey_and_become_solid(browser, audience):
    page = browser.open(audience.url)
    audience.show(0, "The low-altitude", "低空", final=False)
    browser.until(page, SHOWN, ["caption open: The low-altitude"])
    grey = browser.value(page, COLOUR)
    audience.show(0, "The low-altitude economy.", "低空經濟。")
    browser.until(page, SHOWN, ["caption: The low-altitude economy."])
    solid = browser.value(page, COLOUR)
    assert (grey, solid) == ("rgb(140, 140, 140)", "rgb(255, 255, 255)")
    assert browser.value(page, "document.querySelector('.english').lang") == "en"


def test_chinese_comes_where_it_is_wanted_and_lines_are_kept_in_order(browser, audience):
    page = browser.open(f"{audience.url}?zh=1&lines=2")
    for number in (0, 2, 1):
        audience.show(number, f"Line {number}", f"第{number}行")
    browser.until(page, SHOWN, ["caption: Line 1 / 第1行", "caption: Line 2 / 第2行"])
    audience.show(2, "")
    browser.until(page, SHOWN, ["caption: Line 1 / 第1行"])


def test_text_is_never_markup(browser, audience):
    page = browser.open(audience.url)
    hostile = "<img src=x onerror=\"document.title='taken'\"> </script> & “x” \u2028 𠀀"
    audience.show(0, hostile)
    browser.until(page, "document.querySelector('.english') && document.querySelector('.english').textContent", hostile)
    assert browser.value(page, "[document.images.length, document.title]") == [0, "Captions"]


@pytest.mark.slow
def test_screens_come_back_when_the_session_does(browser):
    audience = Audience()
    port = audience.port
    pages = [browser.open(audience.url) for _ in range(2)]
    audience.show(0, "Before")
    for page in pages:
        browser.until(page, SHOWN, ["caption: Before"])
    audience.close()
    for page in pages:
        browser.until(page, STATE, "visible")
    assert browser.value(pages[0], SHOWN) == ["caption: Before"]
    audience = Audience(port=port)
    try:
        audience.show(0, "A new session")
        for page in pages:
            browser.until(page, SHOWN, ["caption: A new session"])
            browser.until(page, STATE, "hidden")
        late = browser.open(audience.url)
        browser.until(late, SHOWN, ["caption: A new session"])
    finally:
        audience.close()


def test_long_captions_fit_the_screen_and_none_is_cut(browser, audience):
    page = browser.open(f"{audience.url}?zh=1")
    for number in range(3):
        audience.show(number, "We will foster new quality productive forces. " * 3, "因地制宜發展新質生產力。" * 3)
    browser.until(page, "document.querySelectorAll('.caption').length", 3)
    fits = "document.documentElement.scrollWidth <= innerWidth"
    ends = "document.querySelector('.caption:last-child').getBoundingClientRect().bottom <= innerHeight"
    cut = (
        "Array.from(document.querySelectorAll('.caption')).some(function (one) {"
        " return one.style.visibility === 'visible' && one.getBoundingClientRect().top < 0; })"
    )
    assert browser.value(page, f"[{fits}, {ends}, {cut}]") == [True, True, False]
