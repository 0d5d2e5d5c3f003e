"""A figure from stage to stage, as a picture in SVG that is also said in words."""

from collections.abc import Callable, Sequence
from html import escape

_WIDTH, _HEIGHT = 360, 120
_LEFT, _RIGHT, _TOP, _BOTTOM = 76, 14, 12, 24
_MINUTE = 60


def duration(seconds: float) -> str:
    """Seconds as people say them."""
    if seconds < _MINUTE:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), _MINUTE)
    return f"{minutes} min {rest} s"


def trend(name: str, points: Sequence[tuple[str, float]], said: Callable[[float], str]) -> str:
    """The figure of each stage, in the order given; nothing where there is none. `said` writes a value for people."""
    if not points:
        return ""
    values = [value for _, value in points]
    places = _places(values)
    words = escape(f"{name}: " + ", ".join(f"{stage} {value:g}" for stage, value in points))
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"><title>{escape(stage)}: {escape(said(value))}</title></circle>'
        for (x, y), (stage, value) in zip(places, points, strict=True)
    )
    return (
        f'<figure class="card">\n<figcaption><span>{escape(name)}</span><strong>{escape(said(values[-1]))}</strong>'
        f'</figcaption>\n<svg role="img" aria-label="{words}" viewBox="0 0 {_WIDTH} {_HEIGHT}">'
        f"{_axes(points, said)}{_line(places)}{dots}</svg>\n</figure>\n"
    )


def _places(values: Sequence[float]) -> list[tuple[float, float]]:
    """Where each value is drawn. All of the height is between the least and the most, so that a change is seen."""
    low, high = min(values), max(values)
    wide, tall = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    step = wide / max(len(values) - 1, 1)
    return [
        (
            _LEFT + (i * step if len(values) > 1 else wide / 2),
            _TOP + tall * ((high - value) / (high - low) if high > low else 0.5),
        )
        for i, value in enumerate(values)
    ]


def _line(places: Sequence[tuple[float, float]]) -> str:
    if len(places) == 1:
        return ""
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    floor = _HEIGHT - _BOTTOM
    area = f"{places[0][0]:.1f},{floor} {line} {places[-1][0]:.1f},{floor}"
    return f'<polygon class="area" points="{area}"/><polyline class="line" points="{line}"/>'


def _axes(points: Sequence[tuple[str, float]], said: Callable[[float], str]) -> str:
    values = [value for _, value in points]
    low, high = min(values), max(values)
    marks = [(high, _TOP), (low, _HEIGHT - _BOTTOM)] if high > low else [(low, (_TOP + _HEIGHT - _BOTTOM) / 2)]
    drawn = "".join(
        f'<line class="rule" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>'
        f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{escape(said(value))}</text>'
        for value, y in marks
    )
    first, last = escape(_short(points[0][0])), escape(_short(points[-1][0]))
    if len(points) == 1:
        return f'{drawn}<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 6}" text-anchor="middle">{first}</text>'
    return (
        f'{drawn}<text x="{_LEFT}" y="{_HEIGHT - 6}">{first}</text>'
        f'<text x="{_WIDTH - _RIGHT}" y="{_HEIGHT - 6}" text-anchor="end">{last}</text>'
    )


def _short(stage: str) -> str:
    longest = 22
    return stage if len(stage) <= longest else f"{stage[: longest - 1]}…"
