"""The fold answers "same?" across scripts, widths and cases, and knows where each character stood."""

import pytest

from lang.fold import fold, fold_tracked, squeeze, term_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("離境退稅", "离境退税"),
        ("低空經濟", "低空经济"),
        ("５Ｇ網絡", "5g网络"),
        ("Ａ股", "a股"),
        ("以後", "以后"),
        ("乾燥", "干燥"),
        ("發展", "发展"),
        ("頭髮", "头发"),
        ("覆核", "复核"),
        ("瞭解", "了解"),
        ("資金鏈", "资金链"),
        ("鍛鍊", "锻炼"),
    ],
)
def test_traditional_and_simplified_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    "spellings",
    [
        "稅 税",
        "衛 衞 卫",
        "說 説 说",
        "裏 裡 里",
        "台 臺",
        "着 著",
        "為 爲 为",
        "群 羣",
        "眾 衆 众",
        "麵 麪 面",
        "床 牀",
        "峰 峯",
        "啟 啓 启",
        "秘 祕",
        "佔 占",
        "於 于",
        "週 周",
        "煙 菸 烟",
        "鈎 鉤 钩",
        "枱 檯 台",
        "粽 糉",
        "線 綫 线",
    ],
)
def test_variants_of_hong_kong_taiwan_and_the_mainland_are_equal(spellings: str) -> None:
    assert len({fold(spelling) for spelling in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("后", "候"),
        ("什么", "什幺"),
        ("税", "说"),
        ("末", "未"),
        ("己", "已"),
        ("土", "士"),
        ("买", "卖"),
        ("1", "l"),
        ("5G", "6G"),
        ("e", "é1"),
        ("十", "+"),
        ("form", "from"),
        ("。", "."),
    ],
)
def test_different_things_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_common_words_stay_readable() -> None:
    assert fold("什麼") == "什么"
    assert fold("什么") == "什么"
    assert fold("后来的气候") == "后来的气候"
    assert fold("里程碑") == "里程碑"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("（一）", "(一)"),
        ("％", "%"),
        ("Straße", "strasse"),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("naïve São Tomé", "naive sao tome"),
        ("İstanbul", "istanbul"),
        ("ΣΟΦΟΣ σοφος", "σοφοσ σοφοσ"),
        ("ﬁnance ﬂow", "finance flow"),
        ("㎡", "m2"),
        ("①", "1"),
        ("Ⅳ", "iv"),
        ("℃", "°c"),
        ("\u3000", " "),
        ("\t", " "),
        ("\u00a0", " "),
        ("a\nb", "a\nb"),
        ("“x” ‘y’", "\"x\" 'y'"),
        ("1—2–3−4", "1-2-3-4"),
        ("people’s", "people's"),
        ("people´s", "people's"),
        ("……", "......"),
        ("⋯⋯", "......"),
        ("二○二五年", "二〇二五年"),
        ("8〜9", "8~9"),
        ("馬克‧吐溫", "马克·吐温"),
        ("馬克•吐溫", "马克·吐温"),
        ("\uf90a", "金"),
        ("𠮷", "𠮷"),
        ("", ""),
    ],
)
def test_width_case_accents_and_punctuation(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    "hidden",
    ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u202a", "\ufe0f", "\U000e0100"],
)
def test_invisible_characters_count_for_nothing(hidden: str) -> None:
    text = f"離境{hidden}退稅"
    assert fold(text) == "离境退税"
    folded = fold_tracked(text)
    assert folded.span(0, 4) == (0, 5)
    assert text[slice(*folded.span(2, 4))].strip(hidden) == "退稅"


def test_every_character_is_folded_for_good() -> None:
    codes = [*range(0xD800), *range(0xE000, 0x30000), *range(0xE0000, 0xE0200)]
    unstable = [chr(code) for code in codes if fold(fold(chr(code))) != fold(chr(code))]
    assert unstable == []
    assert fold("".join(map(chr, codes[:5_000]))) == "".join(fold(chr(code)) for code in codes[:5_000])


class TestPositions:
    def test_plain_text_needs_no_table(self) -> None:
        folded = fold_tracked("離境退稅")
        assert folded.starts is None
        assert folded.span(1, 3) == (1, 3)

    def test_a_hit_behind_uneven_characters_maps_back_exactly(self) -> None:
        text = "面積３㎡……e\u0301ﬁ離境退稅"
        folded = fold_tracked(text)
        assert folded.text == fold(text)
        at = folded.text.index("离境退税")
        start, end = folded.span(at, at + 4)
        assert text[start:end] == "離境退稅"

    def test_part_of_a_ligature_takes_all_of_it(self) -> None:
        text = "ﬁne"
        folded = fold_tracked(text)
        assert folded.text == "fine"
        assert folded.span(0, 1) == folded.span(1, 2) == folded.span(0, 2) == (0, 1)
        assert folded.span(2, 4) == (1, 3)

    def test_an_accent_belongs_to_the_letter_before_it(self) -> None:
        text = "cafe\u0301\u0323 x"
        folded = fold_tracked(text)
        assert folded.text == "cafe x"
        assert text[slice(*folded.span(0, 4))] == "cafe\u0301\u0323"
        assert text[slice(*folded.span(5, 6))] == "x"

    def test_a_variation_selector_belongs_to_the_character_before_it(self) -> None:
        for selector in ("\ufe00", "\U000e0101"):
            text = f"葛{selector}城"
            assert text[slice(*fold_tracked(text).span(0, 1))] == f"葛{selector}"

    def test_an_invisible_beginning_belongs_to_nothing(self) -> None:
        assert fold_tracked("\ufeff稅").span(0, 1) == (1, 2)
        assert fold_tracked("\u200b").text == ""

    def test_the_mark_inside_the_table_is_an_ordinary_character_of_a_text(self) -> None:
        assert fold_tracked("\ufdd0稅").text == "\ufdd0税"
        assert fold_tracked("\ufdd0稅").span(1, 2) == (1, 2)


class TestSqueeze:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("「十四五」規劃", "十四五規劃"),
            ("“十四五” 规划", "十四五規劃"),
            ("《基本法》", "基本法"),
            ("『一帶一路』", "一带一路"),
            ("5G 網絡", "5G网络"),
            ("A 股", "A股"),
            ("“放管服”改革", "放管服改革"),
            ("tax  refund", "tax refund"),
            ("tax \u00a0 refund", "tax refund"),
            ("  tax refund ", "tax refund"),
            ("“tax refund”", "tax refund"),
            ("'tax' refund", "tax refund"),
            ("people’s congress", "people's congress"),
            ("中 「 A", "中A"),
            ('a " b', "a b"),
        ],
    )
    def test_what_writers_put_in_at_will_counts_for_nothing(self, one: str, other: str) -> None:
        assert term_key(one) == term_key(other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("tax refund", "taxrefund"),
            ("people's", "peoples"),
            ("low-altitude", "low altitude"),
            ("R&D", "RD"),
            ("3.5", "35"),
            ("（一）", "一"),
            ("A, B", "A B"),
        ],
    )
    def test_what_means_something_stays(self, one: str, other: str) -> None:
        assert term_key(one) != term_key(other)

    @pytest.mark.parametrize(
        ("text", "found", "original"),
        [
            ("推進「十四五」規劃實施", "十四五规划", "十四五」規劃"),
            ("建設 5G 網絡。", "5g网络", "5G 網絡"),
            ("３㎡ 的「 離 境 」退稅", "离境退税", "離 境 」退稅"),
            ("the “tax  refund” scheme", "tax refund", "tax  refund"),
            ("離境退稅", "离境退税", "離境退稅"),
        ],
    )
    def test_a_hit_maps_back_to_what_was_written(self, text: str, found: str, original: str) -> None:
        squeezed = squeeze(fold_tracked(text))
        at = squeezed.text.index(found)
        assert text[slice(*squeezed.span(at, at + len(found)))] == original

    def test_every_character_maps_back(self) -> None:
        text = "「 A 」 與 ﬁ 「b c」 d  e"
        squeezed = squeeze(fold_tracked(text))
        for index, char in enumerate(squeezed.text):
            start, end = squeezed.span(index, index + 1)
            assert char in fold(text[start:end])

    def test_a_line_break_is_no_blank(self) -> None:
        assert squeeze(fold_tracked("中\n文")).text == "中\n文"
