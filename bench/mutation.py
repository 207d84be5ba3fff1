"""Source of a module -> mutants: copies of the module with one small mistake each.

The kinds of mistakes are those of mutmut (numbers, strings, comparisons, boolean and arithmetic operators, keywords,
assignments), and some more for rules and limits: slices, conditions, and halved numbers.
"""

import ast
import copy
from collections.abc import Iterator

from msgspec import Struct

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Div,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}
_METHODS = {
    "fullmatch": "match",
    "lower": "upper",
    "lstrip": "strip",
    "match": "search",
    "partition": "rpartition",
    "removeprefix": "removesuffix",
    "removesuffix": "removeprefix",
    "rpartition": "partition",
    "rstrip": "strip",
    "startswith": "endswith",
    "strip": "rstrip",
    "upper": "lower",
}
_HALVED_FROM = 4


class Mutant(Struct, frozen=True):
    """A module with one mistake.

    `line`, `before` and `after` show the mistake. `top` is the index of the mutated statement in the module's body. `lines`
    are the lines of the statement with the mistake. `function` is the function around it, or empty.
    """

    line: int
    before: str
    after: str
    tree: ast.Module
    top: int
    lines: range
    function: str


class _Place(Struct, frozen=True):
    """The position of a node: its parent and the field there, its statement, and its function."""

    owner: ast.AST
    field: str
    index: int | None
    node: ast.AST
    statement: ast.stmt
    top: int
    function: str


def find_mutants(source: str) -> Iterator[Mutant]:
    """Yield all mutants of a module, in the order of its lines. Their trees have the lines and columns of the source."""
    tree = ast.parse(source)
    for place in list(_places(tree)):
        for mistake in _mistakes(place):
            ast.copy_location(mistake, place.node)
            ast.fix_missing_locations(mistake)
            before = ast.unparse(place.node)
            _put(place, mistake)
            mutated = copy.deepcopy(tree)
            _put(place, place.node)
            yield Mutant(
                getattr(place.node, "lineno", place.statement.lineno),
                before,
                ast.unparse(mistake),
                mutated,
                place.top,
                _lines_of(place.statement),
                place.function,
            )


def _put(place: _Place, node: ast.AST) -> None:
    if place.index is None:
        setattr(place.owner, place.field, node)
    else:
        getattr(place.owner, place.field)[place.index] = node


def _lines_of(statement: ast.stmt) -> range:
    """Return the lines of a statement, without those of its block."""
    blocks = [getattr(statement, name, None) for name in ("body", "handlers", "cases")]
    first = min((node.lineno for block in blocks if block for node in block if hasattr(node, "lineno")), default=None)
    end = statement.end_lineno or statement.lineno
    return range(statement.lineno, max(statement.lineno, end if first is None else first - 1) + 1)


def _places(tree: ast.Module) -> Iterator[_Place]:
    for top, statement in enumerate(tree.body):
        if not _is_fixed(statement):
            yield from _walk(statement, statement, top, "")


def _is_fixed(statement: ast.stmt) -> bool:
    """Return True for statements whose mutants no test can kill: docstrings, imports and names of types."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return True
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return True
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        value = statement.value
        is_union = isinstance(value, ast.BinOp) and isinstance(value.op, ast.BitOr)
        name = value.func.id if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) else ""
        return is_union or name == "TypeVar" or isinstance(value, ast.Subscript)
    return False


def _walk(node: ast.AST, statement: ast.stmt, top: int, function: str) -> Iterator[_Place]:
    is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    inside = (function or node.name) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else function
    for field, value in ast.iter_fields(node):
        if field in (
            "annotation",
            "returns",
            "decorator_list",
            "type_comment",
            "format_spec",
            "bases",
            "keywords",
        ) and (not isinstance(node, ast.Call)):
            continue
        if is_function and field == "args":
            yield from _defaults(node, statement, top, function)
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or (isinstance(child, ast.stmt) and _is_fixed(child)):
                continue
            below = child if isinstance(child, ast.stmt) else statement
            if isinstance(node, ast.ClassDef) and not isinstance(child, ast.FunctionDef):
                continue  # fields and their defaults: a class that exists cannot get others
            if not isinstance(node, ast.JoinedStr) or isinstance(child, ast.FormattedValue) or index == 0:
                yield _Place(node, field, index, child, below, top, inside)
                yield from _walk(child, below, top, inside)


def _defaults(node: ast.AST, statement: ast.stmt, top: int, function: str) -> Iterator[_Place]:
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    for field in ("defaults", "kw_defaults"):
        for index, child in enumerate(getattr(node.args, field)):
            if child is not None:
                yield _Place(node.args, field, index, child, statement, top, function)


def _mistakes(place: _Place) -> Iterator[ast.AST]:
    node = place.node
    if isinstance(node, ast.Constant):
        yield from _other_constants(node)
    elif isinstance(node, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.BinOp | ast.AugAssign):
        yield from _other_operators(node)
    elif isinstance(node, ast.Call):
        yield from _other_calls(node)
    elif isinstance(node, ast.Slice):
        yield from _other_slices(node)
    elif isinstance(node, ast.Break | ast.Continue):
        yield ast.Continue() if isinstance(node, ast.Break) else ast.Break()
    elif isinstance(node, ast.Assign | ast.AnnAssign) and place.function and not _is_none(node.value):
        emptied = copy.deepcopy(node)
        emptied.value = ast.Constant(None)
        yield emptied
    if place.field in ("test", "ifs") and isinstance(node, ast.expr) and _is_bare(node):
        yield ast.UnaryOp(ast.Not(), copy.deepcopy(node))


def _other_operators(node: ast.Compare | ast.BoolOp | ast.UnaryOp | ast.BinOp | ast.AugAssign) -> Iterator[ast.AST]:
    changed = copy.deepcopy(node)
    if isinstance(changed, ast.Compare):
        for index, operator in enumerate(changed.ops):
            one = copy.deepcopy(changed)
            one.ops[index] = _COMPARISONS[type(operator)]()
            yield one
    elif isinstance(changed, ast.BoolOp):
        changed.op = ast.Or() if isinstance(changed.op, ast.And) else ast.And()
        yield changed
    elif isinstance(changed, ast.UnaryOp):
        if isinstance(changed.op, ast.Not | ast.USub):
            yield changed.operand
    elif type(changed.op) in _OPERATORS:
        changed.op = _OPERATORS[type(changed.op)]()
        yield changed


def _is_none(value: ast.expr | None) -> bool:
    """Return True if a value is missing or None. Such an assignment is not mutated."""
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _is_bare(condition: ast.expr) -> bool:
    """Return True for a condition without an operator that could be mutated."""
    is_negated = isinstance(condition, ast.UnaryOp) and isinstance(condition.op, ast.Not)
    return not (is_negated or isinstance(condition, ast.Compare | ast.BoolOp | ast.Constant))


def _other_constants(node: ast.Constant) -> Iterator[ast.Constant]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value + 1)
        if value >= _HALVED_FROM or isinstance(value, float):
            yield ast.Constant(value // 2 if isinstance(value, int) else value / 2)
    elif isinstance(value, str):
        yield ast.Constant(f"XX{value}XX" if value else "XX")
    elif isinstance(value, bytes):
        yield ast.Constant(b"XX" + value)


def _other_calls(node: ast.Call) -> Iterator[ast.Call]:
    for index, keyword in enumerate(node.keywords):
        if keyword.arg:
            without = copy.deepcopy(node)
            del without.keywords[index]
            yield without
    renamed = copy.deepcopy(node)
    if isinstance(renamed.func, ast.Name) and renamed.func.id in _NAMES:
        renamed.func.id = _NAMES[renamed.func.id]
        yield renamed
    elif isinstance(renamed.func, ast.Attribute) and renamed.func.attr in _METHODS:
        renamed.func.attr = _METHODS[renamed.func.attr]
        yield renamed


def _other_slices(node: ast.Slice) -> Iterator[ast.Slice]:
    for bound in ("lower", "upper"):
        if getattr(node, bound) is not None:
            open_ended = copy.deepcopy(node)
            setattr(open_ended, bound, None)
            yield open_ended
