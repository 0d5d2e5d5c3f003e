"""WF222."""

from tests.support import check_diagnostics, check_fix, task


def test_a_path_without_its_root_and_its_fix() -> None:
    source = """
        type: transform
        transform:
          pipeline:
            - sort: {by: price}
                         ^^^^^ WF222 begins with `$`
    """
    check_fix(task(source), task(source.replace("price}", "$.price}").split("                 ^^^")[0].rstrip(" ")))


def test_a_dash_and_its_fix() -> None:
    source = """
        type: transform
        transform:
          jsonPath: $.first-name
                    ^^^^^^^^^^^^ WF222 a name with a dash
    """
    fixed = source.replace("$.first-name", "$['first-name']").split("            ^^^")[0].rstrip(" ")
    check_fix(task(source), task(fixed))


def test_the_place_in_the_path() -> None:
    check_diagnostics(
        task("""
            type: transform
            transform:
              pipeline:
                - select: {fields: {a: "$.b[?@.c = 1]"}}
                                                 ^ WF222 unexpected token
        """)
    )


def test_a_path_that_is_no_text() -> None:
    check_diagnostics(
        task("""
            type: transform
            transform:
              jsonPath: [a]
                        ^^^ WF203 a path such as
        """)
    )
