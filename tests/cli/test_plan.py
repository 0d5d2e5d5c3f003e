"""`wf plan`."""

USER = "workflows/user-profile.workflow.yaml"
ORDER = "workflows/order-dashboard.workflow.yaml"


def test_a_plan_shows_the_order_and_what_is_waited_for(wf, shop):
    answer = wf("plan", USER)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "user-profile  plan; nothing was called"
    assert lines[2:5] == [
        "  1  ● user    get-user",
        "  2  ● orders  list-user-orders    after user",
        "  3  ● quote   get-shipping-quote  after orders, user; if length(tasks.orders.output.orders) > 0",
    ]


def test_a_plan_shows_the_values_that_are_known(wf, shop):
    unknown = [line for line in wf("plan", USER).out.splitlines() if "user.input.id" in line]
    known = [line for line in wf("plan", USER, "-i", "userId=7").out.splitlines() if "user.input.id" in line]
    assert [line.split(maxsplit=1)[1] for line in unknown + known] == ["<input.userId: string>", "7"]


def test_json_is_the_plan(wf, shop):
    plan = wf("plan", ORDER, "--json").json
    assert list(plan) == ["workflow", "plan", "templates"]
    assert plan["plan"]["parallelGroups"] == [["order", "report"], ["user", "history", "stock", "payment"], ["quote"]]
    assert plan["plan"]["estimatedDurationMs"] is None


def test_earlier_runs_tell_how_long_it_takes(wf, shop):
    assert wf("run", ORDER, "-i", "orderId=ord-1001", "-i", "reportMs=120").code == 0
    plan = wf("plan", ORDER, "--json").json["plan"]
    assert plan["criticalPath"] == ["report"]
    assert plan["estimatedDurationMs"] >= 120
    assert " by earlier runs; nothing was called" in wf("plan", ORDER).out


def test_a_plan_leaves_no_history_behind(wf, shop, tmp_path):
    assert wf("plan", USER).code == 0
    assert not (tmp_path / "history.db").exists()


def test_an_input_that_does_not_fit_exits_with_2(wf, shop):
    answer = wf("plan", USER, "-i", "userId=")
    assert (answer.code, answer.out) == (2, "")
    assert "`userId`" in answer.err
