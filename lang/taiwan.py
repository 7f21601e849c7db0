"""Taiwan's words for those of the mainland and Hong Kong, in texts that already have Taiwan's characters.

OpenCC's own list of phrases is made for programs' messages: of policy texts it makes 司法程式 (司法程序), 支援 (支持),
檔案 (文件), 全域性 (全局), 迴圈經濟 (循環經濟) and 預演算法 (預算法). Here are only words that mean one thing in such texts.
"""

import re
from typing import Final

_WORDS: Final = dict(
    pair.split(":")
    for pair in """
    信息:資訊 網絡:網路 互聯網:網際網路 移動互聯網:行動網際網路 移動網絡:行動網路 移動支付:行動支付 流動支付:行動支付
    移動通信:行動通訊 移動通訊:行動通訊 移動電話:行動電話 軟件:軟體 硬件:硬體 人工智能:人工智慧 智能:智慧 芯片:晶片
    集成電路:積體電路 二極管:二極體 知識產權:智慧財產權 質素:品質 數據庫:資料庫 數據中心:資料中心 短視頻:短影音
    視頻會議:視訊會議 服務器:伺服器 短信:簡訊 信號:訊號 存儲:儲存 操作系統:作業系統 應用程序:應用程式 小程序:小程式
    程序員:程式設計師 打印:列印 複印:影印 屏幕:螢幕 鼠標:滑鼠 黑客:駭客 雲計算:雲端運算 激光:雷射 納米:奈米 硅:矽
    光盤:光碟 博客:部落格 網吧:網咖 導彈:飛彈 航天:航太 塑料:塑膠 出租車:計程車 公交車:公車 傳感器:感測器 模塊:模組
    分辨率:解析度 運營:營運 計劃:計畫 賬:帳 佈:布 宏觀經濟:總體經濟 微觀經濟:個體經濟 發達國家:已開發國家
    發展中國家:開發中國家 泥石流:土石流 厄爾尼諾:聖嬰 拉尼娜:反聖嬰 艾滋病:愛滋病
    新西蘭:紐西蘭 意大利:義大利 老撾:寮國 文萊:汶萊 馬爾代夫:馬爾地夫 卡塔爾:卡達 沙特阿拉伯:沙烏地阿拉伯 阿聯酋:阿聯
    也門:葉門 格魯吉亞:喬治亞 阿塞拜疆:亞塞拜然 哈薩克斯坦:哈薩克 烏茲別克斯坦:烏茲別克 塔吉克斯坦:塔吉克
    土庫曼斯坦:土庫曼 吉爾吉斯斯坦:吉爾吉斯 克羅地亞:克羅埃西亞 斯洛文尼亞:斯洛維尼亞 塞浦路斯:賽普勒斯
    肯尼亞:肯亞 尼日利亞:奈及利亞 埃塞俄比亞:衣索比亞 贊比亞:尚比亞 津巴布韋:辛巴威 坦桑尼亞:坦尚尼亞 莫桑比克:莫三比克
    加納:迦納 盧旺達:盧安達 瑙魯:諾魯 所羅門群島:索羅門群島 瓦努阿圖:萬那杜 危地馬拉:瓜地馬拉 洪都拉斯:宏都拉斯
    哥斯達黎加:哥斯大黎加 厄瓜多爾:厄瓜多 格林納達:格瑞那達 悉尼:雪梨 迪拜:杜拜 多哈:杜哈 普京:普丁 特朗普:川普
    """.split()
)
_DIGITAL: Final = (
    "化 經濟 技術 產業 貨幣 人民幣 貿易 政府 政務 轉型 基礎設施 平臺 素養 鴻溝 孿生 內容 身份 身分 支付 資產 金融 治理 生態 社會"
    " 中國 鄉村 校園 教育 醫療 健康 文化 出版 服務 消費 園區 城市 工廠 車間 人才 公共 資源 賦能 能力 時代 空間 企業 創意 媒體"
    " 簽名 證書 電視 圖書館 絲綢之路"
).split()
# Beside these characters it is another word, or the end of one and the beginning of the next.
_GUARDED: Final = {
    f"數字(?={'|'.join(_DIGITAL)})": "數位",
    "數碼(?!港)": "數位",
    "(?<!物)質量(?!刑)": "品質",
    "視頻(?![道率譜段])": "影片",
    "音頻(?![道率譜段])": "音訊",
    "通信(?![息用心任仰徒託])": "通訊",
    "(?<![存現站所])在線(?![上下路性索條外])": "線上",
    "字節(?!跳動)": "位元組",
    "(?<![提較最])高清(?![潔算理欠廉除晰單償查])": "高畫質",
    "(?<!放)寬帶(?![動來領])": "寬頻",
    "(?<!地)帶寬(?![廣闊度])": "頻寬",
    "的士(?![兵氣官人紳農大卒])": "計程車",
}


def _longest_first(words: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


_WORD: Final = _longest_first(_WORDS)
_IN_CONTEXT: Final = tuple((re.compile(pattern), word) for pattern, word in _GUARDED.items())


def in_taiwans_words(text: str) -> str:
    """A text in Taiwan's characters with Taiwan's words."""
    text = _WORD.sub(lambda match: _WORDS[match.group()], text)
    for pattern, word in _IN_CONTEXT:
        text = pattern.sub(word, text)
    return text
