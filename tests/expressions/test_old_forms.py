"""Old spellings in expressions are read as today's, and nothing else is (language §10)."""

import pytest

from wf_engine.expressions import parse_expression, parse_template, unparse

OLD = [
    # text, what it means, the old part, what to write there
    ("workflow.input.x", "input.x", "workflow.input", "input"),
    ("tasks.a.forEach.outputs", "tasks.a.output.results", "forEach.outputs", "output.results"),
    ("tasks['a b'].forEach.outputs[0]", "tasks['a b'].output.results[0]", "forEach.outputs", "output.results"),
    ("tasks.a.forEach?.outputs", "tasks.a.output?.results", "forEach?.outputs", "output?.results"),
    ("workflow['input']['x']", "input['x']", "workflow['input']", "input"),
    ("(workflow)?.['input'].x", "input.x", "(workflow)?.['input']", "input"),
    ("tasks.a['forEach'].outputs", "tasks.a.output.results", "['forEach'].outputs", ".output.results"),
    ("(tasks.a)[ 'forEach' ].outputs", "tasks.a.output.results", "[ 'forEach' ].outputs", ".output.results"),
    ('tasks.a?.["forEach"]["outputs"]', "tasks.a?.output.results", '?.["forEach"]["outputs"]', "?.output.results"),
    ("tasks['a'].forEach?.['outputs'][0]", "tasks['a'].output?.results[0]", "forEach?.['outputs']", "output?.results"),
    ("length(tasks.a.forEach.outputs) + 1", "length(tasks.a.output.results) + 1", "forEach.outputs", "output.results"),
]


@pytest.mark.parametrize(("text", "means", "was", "new"), OLD)
def test_an_old_spelling_is_read_as_todays(text, means, was, new):
    expression = parse_expression(text)
    assert unparse(expression.root) == means
    assert expression.problems == ()
    (form,) = expression.old
    assert (text[form.span.start : form.span.end], form.new) == (was, new)
    template = parse_template(f"a{{{{ {text} }}}}")
    (form,) = template.old
    assert template.text[form.span.start : form.span.end] == was


@pytest.mark.parametrize(
    "text",
    [
        "tasks.a.output.outputs",
        "tasks.a.forEach.items",
        "tasks.a.other.outputs",
        "steps.a.forEach.outputs",
        "tasks.forEach.outputs",
        "a.forEach.outputs",
        "forEach.outputs",
        "f(a).forEach.outputs",
        "tasks.a.abc.outputs",
        "tasks.a.zzz.outputs",
        "workflow.inputs",
        "workflow.output",
        "a.workflow.input",
        "a.input",
        "f(workflow).input",
        "workflow[input]",
        "a['input']",
        "tasks.a.forEach[outputs]",
        "tasks.a['output']['outputs']",
    ],
)
def test_what_only_looks_alike_is_left_as_it_is(text):
    expression = parse_expression(text)
    assert unparse(expression.root) == text
    assert expression.old == ()
