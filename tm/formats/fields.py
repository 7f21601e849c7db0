"""What files say about a unit besides its texts, brought to the unit's fields: times, states, and names of columns."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from tm.unit import UNIT_STATES, UnitState

_STATES: Final[dict[str, UnitState]] = {
    # Trados, memoQ, XLIFF 1.2 and 2, PO, and everyday words; only letters and digits, in lower case.
    **dict.fromkeys(
        "reviewed approved final finished signedoff proofread approvedtranslation approvedsignoff".split(), "reviewed"
    ),
    **dict.fromkeys("reviewer1confirmed reviewer2confirmed proofreadconfirmed 已審 已审 已校".split(), "reviewed"),
    **dict.fromkeys("translated confirmed done translatorconfirmed manuallyconfirmed 已譯 已译".split(), "translated"),
    **dict.fromkeys("draft fuzzy initial new edited pretranslated unfinished 草稿".split(), "draft"),
    **dict.fromkeys("rejected rejectedtranslation rejectedsignoff unspecified".split(), "draft"),
    **dict.fromkeys("needstranslation needsadaptation needsl10n needsreview needsreviewtranslation".split(), "draft"),
    **dict.fromkeys("needsreviewadaptation needsreviewl10n notstarted partiallyedited".split(), "draft"),
}

_FIELD_NAMES: Final = {
    "domain": "domain subject topic category field 領域 领域 主題 主题",
    "origin": "origin memory corpus",
    "author": "author creator translator user creationid createdby 作者 譯者 译者",
    "created": "created creationdate createdat date timestamp time 日期 創建日期 创建日期 建立日期",
    "changed": "changed changedate changedat modified modificationdate updated updatedat lastmodified 修改日期",
    "state": "state status 狀態 状态",
    "before": "before contextbefore contextpre previous prev 上文",
    "after": "after contextafter contextpost next 下文",
    "note": "note notes comment comments remark remarks 備註 备注",
    "properties": "properties",
    "source_lang": "sourcelang sourcelanguage srclang srclanguage sl",
    "target_lang": "targetlang targetlanguage trglang tgtlang tgtlanguage tl",
    "source": "source sourcetext sourcestring sourcesegment src original originaltext 原文 源文",
    "target": "target targettext targetstring targetsegment trg tgt translation translatedtext 譯文 译文 翻譯 翻译",
}
_FIELDS: Final = {word: name for name, words in _FIELD_NAMES.items() for word in words.split()}


def field_named(written: str) -> str | None:
    """The field a column or key stands for, whatever its case and joints; None where it is none of ours."""
    return _FIELDS.get(re.sub(r"[\W_]+", "", written).lower())


@lru_cache(maxsize=1_000)
def state_of(written: str) -> UnitState | None:
    """The state a word of another tool stands for; None where it says nothing we know."""
    return _STATES.get(re.sub(r"[\W_]+", "", written).lower())


@lru_cache(maxsize=10_000)
def iso_time(written: str) -> str | None:
    """A time as `2025-01-02T03:04:05+00:00`, from 20250102T030405Z, ISO 8601 or 2025/01/02; UTC where it names no zone."""
    text = written.strip().replace("/", "-")
    try:
        time = datetime.fromisoformat(text)
        time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return time.isoformat(timespec="seconds")


def tmx_time(time: str) -> str | None:
    """A unit's time as TMX writes it, 20250102T030405Z."""
    normal = iso_time(time)
    return f"{normal[:19].replace('-', '').replace(':', '')}Z" if normal else None


assert set(_STATES.values()) == set(UNIT_STATES)
