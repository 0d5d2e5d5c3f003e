"""WF220."""

from tests.support import check_diagnostics, check_fix, task


def test_a_misspelt_operation_and_its_fix() -> None:
    source = """
        type: transform
        transform:
          pipeline:
            - revers
              ^^^^^^ WF220 Did you mean `reverse`?
    """
    check_fix(task(source), task(source.replace("- revers\n", "- reverse\n").split("        ^^^")[0].rstrip(" ")))


def test_in_a_map_the_name_alone_is_marked() -> None:
    check_diagnostics(
        task("""
            type: transform
            transform:
              pipeline:
                - frobnicate: {by: $.a}
                  ^^^^^^^^^^ WF220 no operation `frobnicate`
        """)
    )
