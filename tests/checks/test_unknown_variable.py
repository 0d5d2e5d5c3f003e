"""WF409: a variable that no configuration sets."""

from tests.support import check_diagnostics, workflow
from wf_engine.workspace import Settings

SOURCE = workflow("""
    tasks:
      - {id: a, taskRef: get-user, input: {id: "ä{{env.HSOT}}"}}
                                                       ^^^^ WF409 Did you mean `HOST`?
""")


def test_a_misspelt_variable():
    found = check_diagnostics(SOURCE, settings=Settings(env={"HOST": "https://example.com"}))
    assert found[0].fixes[0].edits[0].edit.new_text == "HOST"


def test_where_nothing_is_configured_nothing_is_said():
    check_diagnostics("\n".join(line for line in SOURCE.split("\n") if "^^" not in line))


def test_a_variable_has_the_kind_of_its_value():
    check_diagnostics(
        workflow("""
            tasks:
              - {id: a, taskRef: send-mail, input: {to: "x", count: "{{env.COUNT}}"}}
                                                                    ^^^^^^^^^^^^^^^ WF503
        """),
        settings=Settings(env={"COUNT": "five"}),
    )
