"""WF223."""

from tests.support import check_diagnostics, task


def test_both() -> None:
    check_diagnostics(
        task("""
            type: transform
            transform:
              pipeline: [reverse]
              jsonPath: $.a
              ^^^^^^^^ WF223 both
        """)
    )


def test_neither() -> None:
    check_diagnostics(
        task("""
            type: transform
            transform:
            ^^^^^^^^^ WF223 neither
              input: input.a
        """)
    )


def test_a_misspelt_one_is_said_once() -> None:
    check_diagnostics(
        task("""
            type: transform
            transform:
              pipelin: [reverse]
              ^^^^^^^ WF201 Did you mean `pipeline`?
        """)
    )
