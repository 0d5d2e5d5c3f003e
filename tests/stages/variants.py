"""The small projects under tests/fixtures, and for each of their gates what breaks it and nothing else."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """A file that is written (`old` None: anew), or text in it that becomes another."""

    path: str
    new: str
    old: str | None = None


def written(path: str, text: str) -> Edit:
    return Edit(path, text)


def changed(path: str, old: str, new: str) -> Edit:
    return Edit(path, new, old)


_SLOPE, _LEVEL = "src/slope/__init__.py", "src/slope/level.py"
_LOOPS = "".join("    " * n + f"for _{n} in range(x):\n" for n in range(1, 6))
_DEEP = f'"""Deep."""\n\n\ndef _deep(x: int) -> None:\n{_LOOPS}'
_DEPENDS = "description = "
PYTHON: dict[int, list[Edit]] = {
    1: [written("README.md", "# {{ cookiecutter.name }}\n")],
    2: [written("src/slope/_extra.py", '"""Extra."""\n\nimport os\n')],
    3: [changed("pyproject.toml", _DEPENDS, 'readme = "MISSING.md"\ndescription = ')],
    4: [changed(_LEVEL, "\n\n\ndef is_level", '\n\n_LIMIT: int = "none"\n\n\ndef is_level')],
    5: [written("tests/unit/test_more.py", "def test_more() -> None:\n    assert False\n")],
    6: [
        written(
            "src/slope/_rest.py",
            '"""Rest."""\n\n\ndef _rest(x: int) -> int:\n' + "    x += 1\n" * 12 + "    return x\n",
        )
    ],
    7: [changed("pyproject.toml", _DEPENDS, 'dependencies = ["jinja2==2.4.1"]\ndescription = ')],
    9: [
        changed(
            "tests/unit/test_level.py",
            "[is_level(0.0), is_level(1), is_level(-1)] == [True, False, False]",
            "is_level(0) + 9",
        )
    ],
    10: [changed(_LEVEL, '    """Whether it ends as high as it began."""\n', "")],
    11: [changed("tests/integration/test_paths.py", "slope(4, 4)", "slope(5, 4)")],
    12: [changed(_SLOPE, "    found = ", "    for _ in range(9):\n        abs(up)\n    found = ")],
    13: [changed(_SLOPE, "along: float)", "along: float, *, down: bool = False)")],
    15: [changed("tests/e2e/test_command.py", "24 %", "25 %")],
    16: [changed(_LEVEL, "\n\n\ndef is_level", '\n\n_ONE = eval("1")\n\n\ndef is_level')],
    17: [changed("tests/observability/test_log.py", "50.0", "51.0")],
    18: [
        written("src/slope/_deep.py", _DEEP + "    " * 6 + "return\n"),
        written(
            "tests/unit/test_deep.py", "from slope._deep import _deep\n\n\ndef test_deep() -> None:\n    _deep(1)\n"
        ),
    ],
    19: [changed("pyproject.toml", _DEPENDS, 'dependencies = ["jinja2<1"]\ndescription = ')],
}

_TS = "src/slope.ts"
_BODY = "  const found = "
_NESTED = "".join("  " * n + f"if (x > {n}) {{\n" for n in range(1, 6)) + "return 1;\n" + "}\n" * 5
TYPESCRIPT: dict[int, list[Edit]] = {
    1: [written("README.md", "# <PROJECT_NAME>\n")],
    2: [changed("tests/unit/slope.test.ts", 'test("a path that', 'const unused = 1;\n\ntest("a path that')],
    3: [changed("tsconfig.build.json", '"include"', '"files": ["src/missing.ts"], "include"')],
    4: [changed("tests/unit/slope.test.ts", "slope(12, 100)", 'slope("12" as never as string, 100)')],
    5: [changed("tests/unit/slope.test.ts", "toBe(12)", "toBe(13)")],
    6: [written("src/rest.ts", "const rest = (x: number) => {\n" + "  x += 1;\n" * 12 + "  return x;\n};\nrest.call(null, 1);\n")],
    9: [changed("tests/unit/slope.test.ts", "a path that rises", "nothing is asserted")],
    10: [changed(_TS, "/** How", "/* How")],
    11: [changed("tests/integration/level.test.ts", "toBe(0)", "toBe(1)")],
    12: [changed(_TS, _BODY, "  // " + "as slow as it is long, " * 4 + "\n" + _BODY)],
    13: [changed(_TS, "along: number)", "along: number, _down = 0)"), changed(_TS, _BODY, "  void _down;\n" + _BODY)],
    14: [changed("index.html", "<h1>12 %</h1>", '<h1>12 %</h1>\n  <img src="path.png">')],
    15: [changed("e2e/slope.spec.ts", "is shown", "is steeper")],
    16: [changed("tests/unit/slope.test.ts", "slope(12, 100)", "slope(Number(new Function('return 12')()), 100)")],
    17: [changed("tests/observability/log.test.ts", "50", "51")],
    18: [
        changed("tests/unit/slope.test.ts", 'test("a path that', f"const deep = (x: number) => {{\n{_NESTED}return 2;\n}};\n\n" 'test("a path that'),
        changed("tests/unit/slope.test.ts", "toBe(12)", "toBe(deep(9) * 12)"),
    ],
    21: [changed("stories/slope.stories.ts", "along: 100", "missing: 100")],
    22: [written("e2e/slope.png.txt", "steeper\n")],
}  # fmt: skip

_CS, _TESTS, _TESTS_PROJECT = (
    "src/Slope/Path.cs",
    "tests/Slope.Tests/PathTests.cs",
    "tests/Slope.Tests/Slope.Tests.csproj",
)
_RETURN = "        return "
_AGAIN = "\n    /// <summary>Level.</summary>\n    public static double Falls(double up) => up;\n}\n"


def _one(text: str) -> list[Edit]:
    return [changed(_CS, _RETURN, f"        {text};\n\n{_RETURN}")]


def _fact(name: str) -> list[Edit]:
    return [
        changed(
            _TESTS,
            "    [Fact]\n    public void A_path_that",
            f"    [Fact]\n    public void {name}() {{ }}\n\n    [Fact]\n    public void A_path_that",
        )
    ]


DOTNET: dict[int, list[Edit]] = {
    1: [written("README.md", "# YOUR_PROJECT_HERE\n")],
    2: [changed(_CS, "public static class", "public  static class")],
    3: _one("var unused = 1"),
    4: _one("string name = null; _ = name"),
    5: [changed(_TESTS, "Assert.Equal(12", "Assert.Equal(13")],
    6: _fact("Nothing_is_covered"),
    7: [changed("src/Slope/Slope.csproj", "    <PackageReference", '    <PackageReference Include="Newtonsoft.Json" Version="12.0.1" />\n    <PackageReference')],
    9: _fact("Nothing_is_asserted"),
    10: [changed(_CS, "    /// <summary>How steep it is: metres up for each hundred metres along.</summary>\n", "    // Undocumented\n")],
    11: _fact("The_whole_is_steeper"),
    12: _one("Thread.Sleep(1)"),
    13: [changed(_CS, "    }\n}\n", "    }\n" + _AGAIN)],
    15: _fact("The_command_says_nothing"),
    16: _one("_ = System.Security.Cryptography.MD5.HashData([])"),
    17: _fact("Nothing_is_logged"),
    18: _one("_ = Seasons(up)"),
    19: [changed(_TESTS_PROJECT, '"xunit" Version="2.9.3"', '"xunit" Version="1.9.2"')],
}  # fmt: skip
