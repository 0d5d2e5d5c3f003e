"""Texts for patterns: what each seed writes, and what is beyond this reader."""

from itertools import islice

import pytest

from wf_engine.types.patterns import matches, texts

WRITTEN: dict[str, list[list[str]]] = {
    "abc": [["abc", "abc", "abc"], ["abc", "abc", "abc"], ["abc", "abc", "abc"]],
    "a|b|c": [["a", "a", "a"], ["b", "b", "b"], ["c", "c", "c"]],
    "(a|b)(c|d)": [["ac", "ac", "ac"], ["bd", "bd", "bd"], ["ac", "ac", "ac"]],
    "a?b": [["b", "ab", "ab"], ["b", "ab", "ab"], ["b", "ab", "ab"]],
    "a*b": [["b", "ab", "aab"], ["b", "ab", "aab"], ["b", "ab", "aab"]],
    "a+b": [["ab", "aab", "aaab"], ["ab", "aab", "aaab"], ["ab", "aab", "aaab"]],
    "a{2}": [["aa", "aa", "aa"], ["aa", "aa", "aa"], ["aa", "aa", "aa"]],
    "a{2,}": [["aa", "aaa", "aaaa"], ["aa", "aaa", "aaaa"], ["aa", "aaa", "aaaa"]],
    "a{1,3}": [["a", "aa", "aaa"], ["a", "aa", "aaa"], ["a", "aa", "aaa"]],
    "[a-c]x": [["ax", "ax", "ax"], ["bx", "bx", "bx"], ["cx", "cx", "cx"]],
    "[^a-c]": [["d", "d", "d"], ["e", "e", "e"], ["f", "f", "f"]],
    "[abc-]": [["a", "a", "a"], ["b", "b", "b"], ["c", "c", "c"]],
    "[-a]": [["-", "-", "-"], ["a", "a", "a"], ["-", "-", "-"]],
    "[a\\-c]": [["a", "a", "a"], ["-", "-", "-"], ["c", "c", "c"]],
    "[\\d_]": [["0", "0", "0"], ["1", "1", "1"], ["2", "2", "2"]],
    "\\d\\w\\s": [["0a ", "0a ", "0a "], ["1b ", "1b ", "1b "], ["2c ", "2c ", "2c "]],
    "\\D\\W\\S": [["a-a", "a-a", "a-a"], ["a-a", "a-a", "a-a"], ["a-a", "a-a", "a-a"]],
    "\\.\\+": [[".+", ".+", ".+"], [".+", ".+", ".+"], [".+", ".+", ".+"]],
    "\\n\\t\\r\\f\\v\\0": [
        ["\n\t\r\x0c\x0b\x00", "\n\t\r\x0c\x0b\x00", "\n\t\r\x0c\x0b\x00"],
        ["\n\t\r\x0c\x0b\x00", "\n\t\r\x0c\x0b\x00", "\n\t\r\x0c\x0b\x00"],
        ["\n\t\r\x0c\x0b\x00", "\n\t\r\x0c\x0b\x00", "\n\t\r\x0c\x0b\x00"],
    ],
    "\\x41\\u0042": [["AB", "AB", "AB"], ["AB", "AB", "AB"], ["AB", "AB", "AB"]],
    "^a$": [["a", "a", "a"], ["a", "a", "a"], ["a", "a", "a"]],
    "a.b": [["aab", "aab", "aab"], ["aab", "aab", "aab"], ["aab", "aab", "aab"]],
    "(?:ab)+": [["ab", "abab", "ababab"], ["ab", "abab", "ababab"], ["ab", "abab", "ababab"]],
    "(?P<n>ab)c": [["abc", "abc", "abc"], ["abc", "abc", "abc"], ["abc", "abc", "abc"]],
    "(?<n>ab)c": [["abc", "abc", "abc"], ["abc", "abc", "abc"], ["abc", "abc", "abc"]],
    "a??b": [["b", "ab", "ab"], ["b", "ab", "ab"], ["b", "ab", "ab"]],
    "a+?b": [["ab", "aab", "aaab"], ["ab", "aab", "aaab"], ["ab", "aab", "aaab"]],
    "a*?b{2}?": [["bb", "abb", "aabb"], ["bb", "abb", "aabb"], ["bb", "abb", "aabb"]],
    "": [["", "", ""], ["", "", ""], ["", "", ""]],
    "|a": [["", "", ""], ["a", "a", "a"], ["", "", ""]],
    "a||b": [["a", "a", "a"], ["", "", ""], ["b", "b", "b"]],
    "(|a)b": [["b", "b", "b"], ["ab", "ab", "ab"], ["b", "b", "b"]],
    "[]": [["", "", ""], ["", "", ""], ["", "", ""]],
    "[^\\d]": [["a", "a", "a"], ["b", "b", "b"], ["c", "c", "c"]],
    "[z-a]": [["", "", ""], ["", "", ""], ["", "", ""]],
    "\\bfoo\\b": [["foo", "foo", "foo"], ["foo", "foo", "foo"], ["foo", "foo", "foo"]],
    "((((a))))b": [["ab", "ab", "ab"], ["ab", "ab", "ab"], ["ab", "ab", "ab"]],
    "[0-9a-f]{2}": [["00", "00", "00"], ["11", "11", "11"], ["22", "22", "22"]],
    "[\\d-z]": [["0", "0", "0"], ["1", "1", "1"], ["2", "2", "2"]],
    "[a-]": [["a", "a", "a"], ["-", "-", "-"], ["a", "a", "a"]],
    "x[^-a]": [["xb", "xb", "xb"], ["xc", "xc", "xc"], ["xd", "xd", "xd"]],
}
"""By pattern: the first three texts of the first three seeds."""
BEYOND = [
    "(?=a)",
    "(?!a)",
    "(?<=a)",
    "(?<!a)",
    "(?i)a",
    "\\p{L}",
    "\\1",
    "\\ka",
    "(a",
    "a)",
    "[a",
    "*a",
    "+",
    "?",
    "{1}",
    "a{",
    "a{x}",
    "a{201}",
    "a{1",
    "a\\",
    "\\u00",
    "\\xZZ",
    "(((((((((((((((((((((a)))))))))))))))))))))",
    "a|(b",
]


@pytest.mark.parametrize("pattern", WRITTEN)
def test_texts_for_a_pattern(pattern: str) -> None:
    written = [list(islice(texts(pattern, seed), 3)) for seed in range(3)]
    assert written == WRITTEN[pattern]
    if matches(pattern, "") is not None and pattern not in {"[]", "[z-a]"}:
        assert all(matches(f"^(?:{pattern})$", text) for each in written for text in each)


@pytest.mark.parametrize("pattern", BEYOND)
def test_a_pattern_beyond_the_reader_gives_no_text(pattern: str) -> None:
    assert list(texts(pattern, 0)) == []


def test_a_text_grows_no_further_than_the_pattern_lets_it() -> None:
    assert [len(text) for text in texts("a{1,4}", 0)] == [1, 2, 3, *[4] * 9]
    assert [len(text) for text in texts("a{2,}", 0)] == list(range(2, 14))
    assert next(texts("a{200}", 0)) == "a" * 200
    assert next(texts("(" * 20 + "a" + ")" * 20, 0)) == "a"
