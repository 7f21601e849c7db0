"""Quantities in Chinese (both scripts) and English text: found with exact values, compared across languages, written.

Names are loaded when they are first asked for, so that importing the package costs a command that reads no numbers nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lang.quantities.quantity import Kind, Language, Qualifier, Quantity
    from lang.quantities.reconciliation import QuantityPair, Reconciliation, ScaledPair, reconcile
    from lang.quantities.search import find_quantities
    from lang.quantities.writing import Style, write_quantity

_HOMES = {
    **dict.fromkeys(("Kind", "Language", "Qualifier", "Quantity"), "quantity"),
    **dict.fromkeys(("QuantityPair", "Reconciliation", "ScaledPair", "reconcile"), "reconciliation"),
    "find_quantities": "search",
    **dict.fromkeys(("Style", "write_quantity"), "writing"),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


__all__ = [
    "Kind",
    "Language",
    "Qualifier",
    "Quantity",
    "QuantityPair",
    "Reconciliation",
    "ScaledPair",
    "Style",
    "find_quantities",
    "reconcile",
    "write_quantity",
]
