"""Chinese, Japanese and Korean references, whose words stand without spaces."""

from __future__ import annotations

from references.training.facts import Maker
from references.training.templates import Line, Template

_EAST = {
    "zh": ("生态 环境 城市 建筑 园林 教育 经济 社会 文化 历史 技术 管理 系统 模型 数据 网络 保护 设计 农业 人口 语言 文学 政策 法律 企业 创新",
           "研究 分析 概论 调查 的影响 的应用 的发展 及其对策 综述", "学报 研究 杂志 通报 评论 科学", "北京 上海 广州 南京", "出版社 大学出版社"),
    "ja": ("都市 環境 教育 社会 文化 歴史 技術 経営 図書館 大学 情報 農業 地域 言語 文学 政策 建築 古代 中世 近代 銅鏡 土器",
           "の研究 について の変遷 に関する考察 と課題 の編年", "研究 学報 雑誌 論集 史学 評論", "東京 京都 大阪", "書房 出版 大学出版会"),
    "ko": ("사회 문화 교육 환경 도시 기술 경영 정보 언어 문학 정책 경제 역사 기록 미디어 광고 건축 청소년 대학생 기업 소비자 지역",
           "연구 분석 비교 고찰 영향 방안 현황과 과제", "학회지 연구 학보 논집 논총", "서울 부산 대전", "출판사 대학교출판부"),
}  # fmt: skip


def entry(maker: Maker, template: Template) -> Line:
    """Chinese, Japanese and Korean entries, whose words stand without spaces."""
    pick, line = maker.random, Line()
    line.add(template.label.format(pick.randint(1, 90)))
    language = pick.choice(("zh", "ja", "ko", "ko"))
    nouns, tails, journals, places, publishers = (text.split() for text in _EAST[language])
    space = " " if language == "ko" else ""

    def title() -> str:
        parts = [
            pick.choice(nouns) + (pick.choice(("의", "과", "", "에 대한")) if language == "ko" else "")
            for _ in range(pick.randint(1, 4))
        ]
        text = space.join([*parts, pick.choice(tails)])
        if pick.random() < 0.3:
            text += pick.choice((": ", ":", "-", " ")) + space.join((pick.choice(nouns), pick.choice(tails)))
        return text if pick.random() < 0.9 else f"{text} ({pick.choice(nouns)})"

    journal = pick.choice(nouns) + pick.choice(("", pick.choice(nouns))) + pick.choice(journals)
    names = [maker.eastern(language) for _ in range(pick.choices((1, 2, 3, 4), (5, 4, 2, 1))[0])]
    line.add(
        pick.choice((", ", ", ", "，", "、", "·", "; ")).join(names)
        + pick.choice(("", "", "", " 等" if language == "zh" else " 외")),
        "author",
    )
    year, form = str(pick.randint(1950, 2024)), pick.randrange(6)
    put = form < 3
    if put:
        opening, closing = pick.choice((("(", "). "), (" (", "). "), (". ", ". "), (", ", ", "), ("(", "), "), ("（", "）")))
        line.add(opening)
        line.add(year + pick.choice(("", "", "", "a")), "year")
        line.add(closing)
    else:
        line.add(pick.choice((". ", ", ", "．", "，")))
    quotes = pick.choice((("", ""), ("", ""), ("'", "'"), ("‘", "’"), ("「", "」"), ("“", "”"), ("《", "》")))
    line.add(quotes[0])
    line.add(title(), "title")
    if quotes[0] and pick.random() < 0.3:
        line.add(",")
    line.add(quotes[1])
    if language == "zh" and pick.random() < 0.5:
        line.add(pick.choice(("[J]", "[M]", "[D]")), "type")
    sep = pick.choice((", ", ". ", "．", "，")) if not quotes[0] or pick.random() < 0.8 else ""
    line.add(sep)
    if pick.random() < 0.22:
        line.add(pick.choice((": ", "")).join((pick.choice(places), "")) if pick.random() < 0.5 else "", "place")
        line.add(pick.choice(nouns) + pick.choice(publishers), "publisher")
    else:
        held = pick.choice((("", ""), ("", ""), ("『", "』"), ("《", "》"), ("「", "」")))
        line.add(held[0])
        line.add(journal, "container")
        line.add(held[1])
        words_ = pick.random() < 0.4
        volume, issue = str(pick.randint(1, 90)), str(pick.randint(1, 12))
        if not put and pick.random() < 0.5:
            line.add(pick.choice((", ", "，")))
            line.add(year, "year")
            put = True
        line.add(pick.choice((", ", ", ", " ", "，")))
        if words_ and language == "ko":
            line.add(f"제{volume}{pick.choice('권집')}", "volume")
            line.add(", ")
            line.add(f"제{issue}호", "issue")
        elif words_:
            line.add(f"第{volume}{'巻' if language == 'ja' else '卷'}", "volume")
            line.add(pick.choice(("", ", ", "，")))
            line.add(f"第{issue}{'号' if language == 'ja' else '期'}", "issue")
        else:
            line.add(volume, "volume")
            if pick.random() < 0.8:
                line.add("(")
                line.add(issue, "issue")
                line.add(")")
        if pick.random() < 0.85:
            line.add(pick.choice((", ", ": ", ":", ", pp.", ", pp. ", "：")))
            line.add(maker.pages(), "page")
    if not put:
        line.add(pick.choice((", ", ". ", "，")))
        line.add(year, "year")
    line.add(pick.choice((".", "", "。", ".")))
    return line
