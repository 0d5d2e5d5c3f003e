"""A grammar-based fuzzer: nothing raises, every span lies in the text, printing reads back, and nothing else is reached.

5,000 texts, 100,000 under the soak profile. One in three is damaged: characters of it are lost, doubled or swapped.
"""

import os
import random
import sys
from collections import Counter
from zoneinfo import TZPATH

from tests.expressions.scopes import SCOPE
from wf_engine.expressions import (
    FUNCTIONS,
    ExpressionError,
    conjuncts,
    equivalent,
    evaluate,
    infer,
    infer_template,
    parse_expression,
    parse_template,
    references,
    render,
    resolve,
    unparse,
    walk,
)

TEXTS = 100_000 if os.environ.get("WF_TEST_PROFILE") == "soak" else 5_000
ROOTS = ["input", "tasks", "env", "secrets", "forEach", "execution", "error", "item", "index", "payload"]
FORBIDDEN = [
    "__class__", "__import__", "__builtins__", "__globals__", "__dict__", "__init__", "__subclasses__", "mro", "eval",
    "exec", "open", "os", "sys", "import", "print", "getattr", "self", "format", "items", "append", "pop", "update",
    "copy", "encode", "constructor", "prototype", "toString", "None", "True", "lambda", "globals",
]  # fmt: skip
"""Names of Python's and JavaScript's own, none of which means anything here but `toString`, a function."""
VALUES = {
    "input": {
        "id": 1,
        "name": "a",
        "list": [{"a": [1, 2]}],
        "flag": True,
        "gone": None,
        "items": [],
        "a-b": {"c": 0.5},
    },
    "tasks": {"a": {"output": {"x": [1, "b"]}, "status": "succeeded", "response": None}},
    "env": {"HOST": "h"},
    "execution": {"id": "e"},
}
KINDS = (type(None), bool, int, float, str, list, dict)
WATCHED = (
    "open", "import", "exec", "compile", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename",
    "os.mkdir", "os.putenv", "subprocess.", "socket.", "ctypes.",
)  # fmt: skip
"""Not `os.listdir`: looking for the data of a zone, Python may list its folders of modules anew."""

reached: list[str] = []
watching = [False]


def watch(event, args):
    """Notes what an expression reaches; the data of time zones is what `formatDate` reads, and nothing else of it."""
    zone = str(args[0]).startswith((*TZPATH, "tzdata")) if event in {"open", "import"} else False
    if watching[0] and event.startswith(WATCHED) and not zone:
        reached.append(f"{event} {args[:1]}")


sys.addaudithook(watch)


def load_everything():
    """What functions load is loaded before anybody watches."""
    for function in FUNCTIONS.values():
        evaluate(parse_expression(function.example), {})


class Grammar:
    """Writes texts of the grammar of language §5, with any amount of space."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.depth = 0

    def expr(self):
        self.depth += 1
        rule = "leaf" if self.depth > 6 else self.random.choice(self.rules)
        text = getattr(self, rule)()
        self.depth -= 1
        return self.random.choice(["", " ", "  ", "\n"]) + text + self.random.choice(["", "", " "])

    def leaf(self):
        return self.random.choice([self.literal, self.root])()

    def literal(self):
        return self.random.choice(
            [
                "null",
                "true",
                "false",
                "0",
                "12",
                "1.50",
                "2e3",
                "1E-2",
                "'a'",
                '"b\\n"',
                "'\\u00e9\\''",
                "''",
                "'{{'",
                "'}}'",
            ]
        )

    def name(self):
        names = ["id", "name", "list", "a", "x", "output", "status", "a-b", "in", "true", "$parent", *FORBIDDEN]
        return self.random.choice(names)

    def root(self):
        root = self.random.choice([*ROOTS, "input", "tasks.a.output", *self.random.sample(FORBIDDEN, 2)])
        return root + "".join(self.link() for _ in range(self.random.randint(0, 3)))

    def link(self):
        dot = self.random.choice([".", ".", "?."])
        if self.random.random() < 0.7:
            return dot + self.name()
        inner = self.random.choice(["0", "-1", f"'{self.name()}'", self.expr()])
        return ("?." if dot == "?." else "") + f"[{inner}]"

    def binary(self):
        operators = ["??", "||", "&&", "==", "!=", "<", "<=", ">", ">=", " in ", "+", " - ", "*", "/", "%"]
        return f"{self.expr()}{self.random.choice(operators)}{self.expr()}"

    def unary(self):
        return self.random.choice("!-") + self.expr()

    def branch(self):
        return f"{self.expr()} ? {self.expr()} : {self.expr()}"

    def call(self):
        name = self.random.choice([*FUNCTIONS, *FUNCTIONS, *FORBIDDEN])
        return f"{name}({', '.join(self.expr() for _ in range(self.random.randint(0, 3)))})"

    def pipe(self):
        return f"{self.expr()} | {self.call() if self.random.random() < 0.6 else self.random.choice([*FUNCTIONS])}"

    def bracket(self):
        opener, closer = self.random.choice(["()", "[]", "{}", ("{{", "}}")])
        if opener == "{":
            keys = [self.name() if self.random.random() < 0.5 else f"'{self.name()}'" for _ in range(2)]
            return "{" + ", ".join(f"{key}: {self.expr()}" for key in keys) + "}"
        return f"{opener}{self.expr()}{closer}"

    def postfix(self):
        return f"({self.expr()}){self.link()}"

    rules = ("leaf", "leaf", "binary", "binary", "unary", "branch", "call", "pipe", "bracket", "postfix")

    def damaged(self, text):
        for _ in range(self.random.randint(1, 3)):
            at = self.random.randint(0, len(text))
            insert = self.random.choice(
                ["", "'", '"', "{{", "}}", "(", "]", "?.", "\\", "@", "\u2019", "\0", "\ud800", "e", "."]
            )
            text = text[:at] + insert + text[at + self.random.randint(0, 2) :]
        return text


def check_tree(text, expression):
    for problem in expression.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
    for node in walk(expression.root):
        assert 0 <= node.span.start <= node.span.end <= len(text)
        for child in node.children():
            assert node.span.start <= child.span.start <= child.span.end <= node.span.end
    references(expression.root)
    conjuncts(expression.root)
    printed = unparse(expression.root)
    if not expression.problems:
        again = parse_expression(printed)
        assert again.problems == ()
        assert equivalent(again.root, expression.root)
        assert unparse(again.root) == printed


def check_types(text, inference):
    for finding in inference.findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert finding.message
    assert all(0 <= span.start <= span.end <= len(text) for span in inference.types)


def check_plain(value):
    assert isinstance(value, KINDS), type(value)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        check_plain(inner)


def outcome(text, run):
    """Whether evaluation came to a value; it may only fail as an expression does."""
    watching[0] = True
    try:
        value = run()
    except ExpressionError as error:
        failure = error.span
    else:
        check_plain(value)
        return "gave a value"
    finally:
        watching[0] = False
    assert 0 <= failure.start <= failure.end <= len(text)
    return "failed"


def test_texts_of_the_grammar_and_broken_ones():
    load_everything()
    counted = Counter()
    for seed in range(TEXTS):
        grammar = Grammar(seed)
        text = grammar.expr()
        if seed % 3 == 0:
            text = grammar.damaged(text)
        expression = parse_expression(text)
        check_tree(text, expression)
        check_types(text, infer(expression, SCOPE))
        counted[
            "has a problem" if expression.problems else outcome(text, lambda e=expression: evaluate(e, VALUES))
        ] += 1
        whole = f"x {{{{{text}}}}} {{{{ input.id }}}}"
        template = parse_template(whole)
        check_types(whole, infer_template(template, SCOPE))
        outcome(whole, lambda t=template: render(t, VALUES))
        outcome(whole, lambda t=template: resolve(t, VALUES))
    assert reached == []
    assert min(counted["gave a value"], counted["failed"], counted["has a problem"]) > 0.03 * TEXTS, counted


def test_no_zone_leads_out_of_the_data_of_zones():
    load_everything()
    reached.clear()
    for zone in (
        "../../etc/passwd",
        "/etc/passwd",
        "..",
        "Europe/../../../../etc/passwd",
        "a",
        "",
        "UTC",
        "tzdata",
        "os",
    ):
        outcome(
            zone + " " * 80,
            lambda z=zone: evaluate(parse_expression(f"formatDate('2024-01-01T00:00:00Z', 'yyyy', '{z}')"), {}),
        )
    assert reached == []


def test_no_name_of_python_is_a_root_a_function_or_a_key():
    for name in FORBIDDEN:
        for text in (
            name,
            f"{name}()",
            f"input.{name}",
            f"input.name.{name}",
            f"input.list['{name}']",
            f"'a' | {name}",
        ):
            if text not in {"toString('a')", "'a' | toString", "input.items"}:
                assert outcome(text, lambda t=text: evaluate(parse_expression(t), VALUES)) == "failed", text
