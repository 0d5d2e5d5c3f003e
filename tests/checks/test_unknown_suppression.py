"""WF812: a code that there is not."""

from tests.support import check_fix, task


def test_the_nearest_code_is_proposed() -> None:
    check_fix(
        task(
            """
            type: http
            retryCount: 1 # wf-ignore: old-retry-cuont
                                       ^^^^^^^^^^^^^^^ WF812 Did you mean `old-retry-count`?
            ^^^^^^^^^^ WF910
            http: {method: GET, url: "https://example.com/x"}
            """
        ),
        task(
            """
            type: http
            retryCount: 1 # wf-ignore: old-retry-count
            http: {method: GET, url: "https://example.com/x"}
            """
        ),
        "Change it to `old-retry-count`",
    )


def test_the_others_stay() -> None:
    check_fix(
        task(
            """
            type: http
            retryCount: 1 # wf-ignore: WF910, nonsense
                                              ^^^^^^^^ WF812
            http: {method: GET, url: "https://example.com/x"}
            """
        ),
        task(
            """
            type: http
            retryCount: 1 # wf-ignore: WF910
            http: {method: GET, url: "https://example.com/x"}
            """
        ),
        "Remove what it ignores in vain",
    )
