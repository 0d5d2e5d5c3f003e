"""Operations on texts, item by item."""

from typing import Any

from wf_engine.expressions import FUNCTIONS, ExpressionError, render
from wf_engine.expressions.values import kind
from wf_engine.transforms.arguments import ItemTemplate, Whole, Words
from wf_engine.transforms.model import (
    Arguments,
    Evaluate,
    Example,
    ItemError,
    Items,
    Operation,
    Parameter,
    Typing,
    Work,
    each,
    items_of,
    wanted,
)
from wf_engine.types import STRING, array_of

_TEXT = ("string",)


def _by_function(name: str, *arguments: str) -> Evaluate:
    """An operation that is a function of the language, applied to each item."""
    function = FUNCTIONS[name].evaluate

    def apply(item: Any, given: Arguments, work: Work) -> Any:
        wanted(item, _TEXT)
        made = function(item, *[given[argument] for argument in arguments])
        if isinstance(made, str):
            work.made(made)
        return made

    return each(apply)


def _concat(items: list[Any], arguments: Arguments, work: Work) -> list[Any]:
    join, delimiter = FUNCTIONS["join"].evaluate, arguments["delimiter"]
    lists = [isinstance(item, list | tuple) for item in items]
    if not items:
        return []
    if not any(lists):
        return [work.made(join(items, delimiter))]
    if not all(lists):
        index = lists.index(not lists[0])
        raise ItemError("Some items are lists and some are not, so it is not clear what is joined.", index)
    return [work.made(join(item, delimiter)) for _, item in work.numbered(items)]


def _substring(item: Any, arguments: Arguments, work: Work) -> str:
    wanted(item, _TEXT)
    start, length = int(arguments["start"]), arguments["length"]
    return work.made(item[start:] if length is None else item[start : start + int(length)])


def _template(items: list[Any], arguments: Arguments, work: Work) -> list[Any]:
    template, made = arguments["template"], []
    for index, item in work.numbered(items):
        try:
            value = render(template, {**work.scope, "item": item, "index": index})
        except ExpressionError as error:
            raise ItemError(f"In `{template.text.strip()}`: {error.message}", index, error.hint) from None
        made.append(work.made(value) if kind(value) == "string" else value)
    return made


def _infer_template(items: Items, _: Arguments, typing: Typing) -> Items:
    return items.of(typing.over_items("template", items.item))


OPERATIONS = (
    Operation(
        name="uppercase",
        documentation="Writes each text in upper case.",
        examples=(Example(None, ["eur", "Zürich"], ["EUR", "ZÜRICH"]),),
        evaluate=_by_function("upper"),
        infer=items_of(STRING),
        wants=_TEXT,
    ),
    Operation(
        name="lowercase",
        documentation="Writes each text in lower case.",
        examples=(Example(None, ["EUR"], ["eur"]),),
        evaluate=_by_function("lower"),
        infer=items_of(STRING),
        wants=_TEXT,
    ),
    Operation(
        name="trim",
        documentation="Takes the white space off the beginning and the end of each text.",
        examples=(Example(None, ["  a b "], ["a b"]),),
        evaluate=_by_function("trim"),
        infer=items_of(STRING),
        wants=_TEXT,
    ),
    Operation(
        name="split",
        documentation="Makes a list of each text: of the parts between the delimiters.",
        parameters=(Parameter("delimiter", Words(filled=True), "What stands between the parts.", required=True),),
        examples=(Example({"delimiter": ","}, ["a,b,,c", "d"], [["a", "b", "", "c"], ["d"]]),),
        evaluate=_by_function("split", "delimiter"),
        infer=items_of(array_of(STRING)),
        wants=_TEXT,
    ),
    Operation(
        name="concat",
        documentation="Joins texts: each item that is a list becomes one text; items that are no lists become one "
        "text together. Values that are no texts stand in it as a template would insert them.",
        parameters=(Parameter("delimiter", Words(), "What is put between the parts.", default=""),),
        examples=(
            Example({"delimiter": "-"}, [["a", "b"], ["c", 1]], ["a-b", "c-1"]),
            Example({"delimiter": ", "}, ["a", "b", "c"], ["a, b, c"]),
        ),
        evaluate=_concat,
        infer=lambda items, _, __: items.of(STRING),
    ),
    Operation(
        name="replace",
        documentation="Replaces every occurrence of a text in each text; it is taken literally.",
        parameters=(
            Parameter("old", Words(filled=True), "The text that is replaced.", required=True),
            Parameter("new", Words(), "What is put in its place.", required=True),
        ),
        examples=(Example({"old": ".", "new": ""}, ["1.234.567"], ["1234567"]),),
        evaluate=_by_function("replace", "old", "new"),
        infer=items_of(STRING),
        wants=_TEXT,
    ),
    Operation(
        name="substring",
        documentation="Keeps a part of each text; what lies behind its end is left out.",
        parameters=(
            Parameter("start", Whole(), "The number of the first character, counted from 0.", required=True),
            Parameter("length", Whole(), "How many characters; without it all to the end."),
        ),
        examples=(Example({"start": 1, "length": 3}, ["abcdef", "xy"], ["bcd", "y"]),),
        evaluate=each(_substring),
        infer=items_of(STRING),
        wants=_TEXT,
    ),
    Operation(
        name="template",
        documentation="Replaces each item by the value of a template, in which it is `item` and its number `index`.",
        parameters=(Parameter("template", ItemTemplate(), "The template.", required=True),),
        examples=(
            Example(
                {"template": "{{index + 1}}. {{item.name}}"},
                [{"name": "Ada"}, {"name": "Bob"}],
                ["1. Ada", "2. Bob"],
            ),
            Example({"template": "{{item.price * 2}}"}, [{"price": 4}], [8]),
        ),
        evaluate=_template,
        infer=_infer_template,
    ),
)
