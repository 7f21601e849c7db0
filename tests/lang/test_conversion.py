"""How a text is written in the mainland, Hong Kong and Taiwan."""

from collections.abc import Callable

import pytest

from lang.conversion import HONG_KONG, MAINLAND, TAIWAN, convert
from lang.errors import UnsupportedError
from lang.fold import fold


@pytest.mark.parametrize(
    ("simplified", "hong_kong"),
    [
        ("离境退税", "離境退稅"),
        ("税务卫生说明", "稅務衛生說明"),
        ("为了台湾群众", "為了台灣群眾"),
        ("启动秘书", "啟動秘書"),
        ("里面", "裏面"),
        ("公里", "公里"),
        ("后来", "後來"),
        ("皇后", "皇后"),
        ("干部", "幹部"),
        ("干涉", "干涉"),
        ("干燥", "乾燥"),
        ("若干", "若干"),
        ("头发发展", "頭髮發展"),
        ("面粉方面", "麵粉方面"),
        ("制造制度", "製造制度"),
        ("征收", "徵收"),
        ("新征程", "新征程"),
        ("了解", "了解"),
        ("准则", "準則"),
        ("批准", "批准"),
        ("市场准入", "市場准入"),
        ("免签", "免簽"),
        ("签约", "簽約"),
        ("收入分配制度", "收入分配制度"),
        ("合并", "合併"),
        ("一个中国原则", "一個中國原則"),
        ("资金链", "資金鏈"),
        ("伙伴关系", "夥伴關係"),
        ("行政复议", "行政復議"),
        ("联系系统", "聯繫系統"),
        ("有关系统", "有關系統"),
        ("市民参与", "市民參與"),
        ("一直发挥作用", "一直發揮作用"),
        ("要求发卡银行", "要求發卡銀行"),
        ("发出牌照，并发布指引", "發出牌照，並發布指引"),
        ("并发症", "併發症"),
        ("合并为一", "合併為一"),
        ("年利率3.5厘", "年利率3.5厘"),
        ("厘定政策", "釐定政策"),
        ("只影响", "只影響"),
        ("软件信息", "軟件信息"),
        ("着力", "着力"),
        ("著名", "著名"),
        ("平台出台", "平台出台"),
        ("尽快", "盡快"),
        ("尽管", "儘管"),
        ("香港回归祖国", "香港回歸祖國"),
        ("回归分析", "迴歸分析"),
        ("落地签和签注", "落地簽和簽注"),
        ("以台制华", "以台制華"),
        ("地方志与亲子游", "地方志與親子遊"),
        ("东升西降", "東升西降"),
        ("好干部和若干部门", "好幹部和若干部門"),
        ("个人破产制度", "個人破產制度"),
        ("一个中心、两个基本点", "一個中心、兩個基本點"),
    ],
)
def test_hong_kong(simplified: str, hong_kong: str) -> None:
    assert convert(simplified, HONG_KONG) == hong_kong


@pytest.mark.parametrize(
    ("text", "taiwan"),
    [
        ("软件", "軟體"),
        ("信息", "資訊"),
        ("芯片", "晶片"),
        ("互联网", "網際網路"),
        ("着力", "著力"),
        ("里面", "裡面"),
        ("台湾", "臺灣"),
        ("离境退税", "離境退稅"),
        ("一个中国", "一個中國"),
        ("軟件", "軟體"),
        ("市民参与", "市民參與"),
        ("循环经济、双循环", "循環經濟、雙循環"),
        ("预算法规定的司法程序", "預算法規定的司法程序"),
        ("支持社区发布文件和联合声明", "支持社區發布文件和聯合聲明"),
        ("高级工程师着眼全局", "高級工程師著眼全局"),
        ("大规模设备更新项目", "大規模設備更新項目"),
        ("數碼港的數碼轉型", "數碼港的數位轉型"),
        ("数字经济的统计数字", "數位經濟的統計數字"),
        ("电视频道和短视频", "電視頻道和短影音"),
        ("沟通信息，提高清算质量", "溝通資訊，提高清算品質"),
        ("乘的士的士兵", "乘計程車的士兵"),
        ("知識產權和網絡安全", "智慧財產權和網路安全"),
        ("資訊科技項目的質素", "資訊科技項目的品質"),
        ("发展中国家的银行账户", "開發中國家的銀行帳戶"),
        ("移动支付计划", "行動支付計畫"),
        ("全面战略合作伙伴", "全面戰略合作夥伴"),
        ("湿地公园", "濕地公園"),
        ("水污染防治", "水污染防治"),
        ("巡回展览", "巡迴展覽"),
        ("香港回归祖国", "香港回歸祖國"),
        ("纪检监察干部的伟大斗争", "紀檢監察幹部的偉大鬥爭"),
        ("第一巡回法庭", "第一巡迴法庭"),
        ("私有云和煤制油", "私有雲和煤製油"),
    ],
)
def test_taiwan(text: str, taiwan: str) -> None:
    assert convert(text, TAIWAN) == taiwan


@pytest.mark.parametrize(
    ("text", "mainland"),
    [
        ("離境退稅", "离境退税"),
        ("説明", "说明"),
        ("裡面", "里面"),
        ("臺灣", "台湾"),
        ("乾燥", "干燥"),
        ("乾坤", "乾坤"),
        ("後台", "后台"),
        ("皇后", "皇后"),
        ("瞭解", "了解"),
        ("著名", "著名"),
        ("5G網絡", "5G网络"),
        ("文件的核心智慧", "文件的核心智慧"),
        ("离境退税", "离境退税"),
        ("發展和发展", "发展和发展"),
    ],
)
def test_mainland(text: str, mainland: str) -> None:
    assert convert(text, MAINLAND) == mainland


@pytest.mark.parametrize("to", [MAINLAND, HONG_KONG, TAIWAN])
@pytest.mark.parametrize("text", ["", "tax refund", "5G, 2025", "，。", "カナ"])
def test_text_without_chinese_stays_as_it_is(to: str, text: str) -> None:
    assert convert(text, to) == text


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="zh-Hant-XX"):
        convert("稅", "zh-Hant-XX")


def test_a_converted_text_still_folds_to_the_same() -> None:
    for text in ("离境退税政策", "着力了解群众", "资金链、准入、免签", "启动平台"):
        assert fold(convert(text, HONG_KONG)) == fold(text)


@pytest.mark.slow
def test_conversion_back_to_hong_kong_restores_the_reports(reports: list[tuple[str, str]], report: Callable[[str], None]) -> None:
    """Share of characters that simplifying a Hong Kong text and converting it back gets wrong: less than 0.3 %."""
    total = wrong = 0
    for chinese, _ in reports:
        for line in chinese.split("\n"):
            back = convert(convert(line, MAINLAND), HONG_KONG)
            assert len(back) == len(line)
            total += len(line)
            wrong += sum(a != b for a, b in zip(line, back, strict=True))
    report(f"{wrong} of {total} characters differ: {wrong / total:.3%}")
    assert wrong < 0.003 * total


def test_a_hong_kong_text_is_left_alone(reports: list[tuple[str, str]], report: Callable[[str], None]) -> None:
    lines = [line for chinese, _ in reports for line in chinese.split("\n")]
    changed = [line for line in lines if convert(line, HONG_KONG) != line]
    report(f"{len(changed)} of {len(lines)} lines changed")
    assert len(changed) <= 0.02 * len(lines)
