"""Charts of the workbook's summary, which Excel draws from the cells beside them.

They hold references and no numbers: what is hidden stands as a sign in the cell, and is no bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties

from exports.indices import TOP
from exports.summaries import DimensionSummary
from exports.wording import Wording
from exports.writers.excel_cells import WriteOnlySheet
from exports.writers.sheets import Charts
from forms.marking import N_

MEANS = N_("Mean index by dimension, 0–10")
OPEN = N_("Items without an answer to the matter, per cent")
LABELS, FIRST_OPEN, LAST_OPEN, MEAN = 2, 5, 7, 8  # columns, from 1
BLUE = "1F3864"
SHADES = (BLUE, "7F7F7F", "D9A441")
WIDTH, LEAST_HEIGHT, HEIGHT_OF_A_BAR = 20, 7, 1  # cm
HEIGHT_OF_A_ROW = 0.5


def summary_charts(
    sheet: WriteOnlySheet, summaries: Sequence[DimensionSummary], wording: Wording
) -> Charts:
    """Draw the means, and what was left open, below the table; nothing where all is hidden."""
    if not any(isinstance(each.mean, Decimal) for each in summaries):
        return ()
    rows = len(summaries)
    means = _bars(sheet, rows, wording.ours(MEANS), (MEAN, MEAN), BLUE)
    means.y_axis.scaling.max = TOP
    means.legend = None
    means.dataLabels = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
    )
    left_open = _bars(sheet, rows, wording.ours(OPEN), (FIRST_OPEN, LAST_OPEN), *SHADES)
    left_open.grouping, left_open.overlap = "stacked", 100
    left_open.legend.position = "b"
    below = rows + 3
    further_below = below + ceil(means.height / HEIGHT_OF_A_ROW) + 1
    return ((means, f"A{below}"), (left_open, f"A{further_below}"))


def _bars(
    sheet: WriteOnlySheet, rows: int, title: str, columns: tuple[int, int], *colours: str
) -> BarChart:
    chart = BarChart()
    chart.type, chart.title = "bar", title
    first, last = columns
    values = Reference(sheet, min_col=first, max_col=last, min_row=1, max_row=rows + 1)
    chart.add_data(values, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=LABELS, min_row=2, max_row=rows + 1))
    for series, colour in zip(chart.series, colours, strict=True):
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
    chart.x_axis.scaling.orientation = "maxMin"  # the first dimension on top
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.scaling.min = 0
    chart.gapWidth = 60
    chart.width = WIDTH
    chart.height = max(LEAST_HEIGHT, 3 + HEIGHT_OF_A_BAR * rows)
    return chart
