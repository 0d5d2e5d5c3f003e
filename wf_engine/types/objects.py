"""Objects of a source against objects of a target."""

from collections.abc import Iterator

from wf_engine.types.bounds import range_of
from wf_engine.types.cases import Case, Clause
from wf_engine.types.construction import is_any, union
from wf_engine.types.lookup import Lookup, all_of, case_property
from wf_engine.types.model import NEVER, Json, Type
from wf_engine.types.names import Relate, count_of, naming, required_names
from wf_engine.types.patterns import matches
from wf_engine.types.relation import UNKNOWN, Answer, Relation, Witness, no, partly
from wf_engine.types.sampling import draw_object
from wf_engine.types.scalars import sizes


def objects(source: Case, target: Case, relate: Relate) -> Iterator[Relation]:
    """Property by property, then the properties that neither declares."""
    wanted = required_names(target)
    for name in _names(source, target):
        found = _property(source, target, name, wanted=name in wanted, relate=relate)
        yield from found
    yield from _others(source, target, relate)
    yield from sizes(count_of(source), range_of(target, "object"), "a number of properties")
    yield from naming(source, target, relate)


def constants(case: Case) -> dict[str, tuple[Json, bool]]:
    """The properties of a case that can have one value only: that value, and whether they are required."""
    required = required_names(case)
    return {
        name: (part["const"], name in required)
        for clause in case.clauses
        for name, part in clause.schema.get("properties", {}).items()
        if isinstance(part, dict) and "const" in part
    }


def _property(source: Case, target: Case, name: str, *, wanted: bool, relate: Relate) -> Iterator[Relation]:
    have, want = case_property(source, name), case_property(target, name)
    if have.status == "forbidden":
        if wanted:
            yield no(f"lacks the required property `{name}`", _drawn(source), by_kind=True)
        return
    if want.status == "forbidden":
        yield _forbidden(source, name, have)
        return
    sure = have.status == "required"
    if wanted and not sure:
        yield partly(f"may lack the required property `{name}`", _drawn(source, omit=name))
    found = relate(have.type, want.type)
    if found.answer is not Answer.YES:
        lifted = found.under(name, _with_property(source, name, found.witness))
        yield lifted if sure or wanted else lifted.weakened()


def _forbidden(source: Case, name: str, have: Lookup) -> Relation:
    witness = _with_property(source, name, lambda seed: draw_object(source, seed, also=name)[name])
    if have.status == "required":
        return no("is a property that is not allowed", _drawn(source), (name,), by_kind=True)
    if have.status == "optional":
        return partly("may be there, but is a property that is not allowed", witness, (name,))
    return UNKNOWN


def _others(source: Case, target: Case, relate: Relate) -> Iterator[Relation]:
    """The properties that no schema names: those of a map, and those that match patterns."""
    demanding = [clause for clause in target.clauses if _says_of_others(clause)]
    if not demanding:
        return
    if any(matches(pattern, "") is None for clause in demanding for pattern in _patterns(clause)):
        yield UNKNOWN
    for pattern, have in _groups(source):
        for clause in demanding:
            yield from _group(source, (pattern, have), clause, relate)


def _group(source: Case, group: tuple[str | None, Type], clause: Clause, relate: Relate) -> Iterator[Relation]:
    pattern, have = group
    patterns = _patterns(clause)
    wanted = [clause.owner.at(part) for part in patterns.values()]
    if pattern not in patterns and "additionalProperties" in clause.schema:
        wanted.append(clause.owner.at(clause.schema["additionalProperties"]))
    for want in wanted:
        found = relate(have, want)
        if found.answer is Answer.YES:
            continue
        if want is NEVER or patterns or pattern is not None:
            yield UNKNOWN
        else:
            yield found.under(_OTHER, _with_property(source, _OTHER, found.witness)).weakened()


_OTHER = "key"
"""Stands for any name in the witnesses of maps."""


def _groups(source: Case) -> Iterator[tuple[str | None, Type]]:
    """The values that undeclared properties of the source may have, by pattern where only patterns allow them."""
    for clause in source.clauses:
        if clause.schema.get("additionalProperties") is False:
            for pattern, part in _patterns(clause).items():
                yield pattern, clause.owner.at(part)
            return
    limits = [
        union(*(clause.owner.at(part) for part in (*_patterns(clause).values(), clause.schema["additionalProperties"])))
        for clause in source.clauses
        if "additionalProperties" in clause.schema
    ]
    yield None, all_of(limits)


def _says_of_others(clause: Clause) -> bool:
    return bool(_patterns(clause)) or not is_any(clause.owner.at(clause.schema.get("additionalProperties", True)))


def _patterns(clause: Clause) -> dict[str, Json]:
    patterns: dict[str, Json] = clause.schema.get("patternProperties", {})
    return patterns


def _names(source: Case, target: Case) -> dict[str, None]:
    """Every name that a schema of either side mentions, those first that tell alternatives apart."""
    names: dict[str, None] = {}
    for clause in target.clauses:
        declared = clause.schema.get("properties", {})
        names.update(dict.fromkeys(n for n, part in declared.items() if isinstance(part, dict) and "const" in part))
    for case in (target, source):
        for clause in case.clauses:
            for keyword in ("properties", "required"):
                names.update(dict.fromkeys(clause.schema.get(keyword, ())))
    return names


def _drawn(case: Case, omit: str | None = None) -> Witness:
    return lambda seed: draw_object(case, seed, omit=omit)


def _with_property(case: Case, name: str, value: Witness | None) -> Witness | None:
    if value is None:
        return None
    return lambda seed: draw_object(case, seed, fixed={name: value(seed)})
