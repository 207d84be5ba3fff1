"""A template -> Python code that reads attributes and calls functions directly.

Jinja's own code asks the environment for every attribute, so that `a.b` may also be `a["b"]`, and the context for every call,
so that a function may be given the context. The packaged templates need neither, and both together take a third of the time
of rendering. The code made here does neither: if a template needs one after all, the code raises an exception, and the caller renders
the page with Jinja's own code.
"""

from keyword import iskeyword
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import EvalContext
from jinja2.runtime import Macro


class NotDirectError(Exception):
    """A function that wants to be given Jinja's context was called."""


class DirectCodeGenerator(CodeGenerator):
    """Writes `a.b` as `(a).b`, and `f(x)` as `call(context.eval_ctx, f, x)` with the function `call` of this module."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - as Jinja calls it
        """Write the reading of an attribute."""
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call."""
        self.write("call(context.eval_ctx, ")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


def call(eval_context: EvalContext, called: Any, /, *args: object, **named: object) -> object:
    """Call a macro or a function of a template. Raises NotDirectError if the function wants to be given Jinja's context."""
    if isinstance(called, Macro):
        return called(eval_context, *args, **named)
    if _wants_context(type(called)) or hasattr(called, "jinja_pass_arg"):
        raise NotDirectError
    return called(*args, **named)


def _wants_context(kind: type) -> bool:
    """Return True for a class whose objects, when called, want to be given Jinja's context."""
    return hasattr(getattr(kind, "__call__", None), "jinja_pass_arg")  # noqa: B004 - the method itself is looked at
