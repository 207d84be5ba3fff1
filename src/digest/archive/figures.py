"""The keys of facts, their units, and the numbers in their values: what tables and exports need to know of a fact."""

import re

from ..model import Card, Fact

UNITS = {
    "parameters": "parameters",  # 314B, 7B/13B, 8×7B
    "active": "parameters",  # parameters used for a token, of a mixture of experts
    "experts": "experts",  # of a mixture of experts, with how many are chosen: 8, Top-2
    "layers": "layers",
    "dimension": "dimensions",
    "vocabulary": "tokens",
    "context": "tokens",  # tokens of a prompt
    "tokens": "tokens",  # seen in training
    "precision": "",  # of the published checkpoint
    "licence": "",
    "memory": "bytes",
    "bandwidth": "bytes/s",
    "fp4": "FLOPS",
    "fp8": "FLOPS",
    "fp16": "FLOPS",
    "int8": "OPS",
    "tdp": "W",
    "process": "nm",
}
"""The unit of each key's numbers. A key without a unit has words as its values."""

FACT_KEYS = tuple(UNITS)
"""All keys of facts, in the order in which pages show them."""

_EXPONENTS = {"": 0, "K": 3, "k": 3, "M": 6, "G": 9, "B": 9, "T": 12, "P": 15}
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?) ?([KkMGBTP]?)")


def fact_of(card: Card, key: str) -> Fact | None:
    """Return the fact of a card with a key, or None."""
    return next((fact for fact in card.facts if fact.key == key), None)


def numbers_of(fact: Fact) -> tuple[float, ...]:
    """Return the numbers in a fact's value in its unit: `7B/13B` are 7e9 and 13e9, `80 → 192 GB` are 80e9 and 192e9.

    A number without a prefix of its own has that of the last number. `8×7B` has no numbers, since its experts share
    parameters, and neither has a licence or a format.
    """
    if not UNITS[fact.key] or "×" in fact.value:
        return ()
    value = fact.value.partition(", Top-")[0]
    if fact.key == "process":
        value = value.removesuffix(" nm")
    found = _NUMBER.findall(value)
    last = found[-1][1] if found else ""
    return tuple(float(f"{digits.replace(',', '')}e{_EXPONENTS[prefix or last]}") for digits, prefix in found)
