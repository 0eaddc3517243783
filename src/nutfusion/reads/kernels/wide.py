"""Many bytes at once: vector code that the compiler fits to the processor it runs on.

Every function reads ``SLACK`` bytes of a uint8 array from an index on, whether or not they mean
anything: a buffer has as many bytes behind its last valid one.
"""

from __future__ import annotations

from typing import Any, Final, cast

from llvmlite import ir  # type: ignore[import-not-found, import-untyped, unused-ignore]
from numba import njit, types
from numba.extending import intrinsic

SLACK: Final = 64
"""Bytes that are loaded together: a line of a processor's cache."""

bare: Any = cast("Any", njit)(nogil=True, cache=True, _nrt=False)
"""Compile a function that allocates nothing, without counting references to its arrays.

Counting takes longer than the rest of the pass: several atomic operations per read.
"""

_NEWLINE: Final = 10
_SPACE: Final = 32


def _bytes_at(cg: Any, builder: Any, array: Any, value: Any, index: Any, count: int) -> Any:
    """Load ``count`` bytes as a vector."""
    data = cg.make_array(array)(cg, builder, value).data
    vector = ir.VectorType(ir.IntType(8), count)
    pointer = builder.bitcast(builder.gep(data, [index]), vector.as_pointer())
    loaded = builder.load(pointer)
    loaded.align = 1
    return loaded


def _splat(value: int, kind: Any, count: int) -> Any:
    return ir.Constant(ir.VectorType(kind, count), [value] * count)


def _first(builder: Any, found: Any) -> Any:
    """Index of the first true element of 64, or 64."""
    mask = builder.bitcast(found, ir.IntType(64))
    return builder.cttz(mask, ir.Constant(ir.IntType(1), 0))


def _newline(_context: Any, array: Any, _index: Any) -> Any:
    """Typing and code of ``next_newline``."""

    def generate(cg: Any, builder: Any, signature: Any, args: Any) -> Any:
        value = _bytes_at(cg, builder, signature.args[0], args[0], args[1], SLACK)
        newlines = builder.icmp_unsigned("==", value, _splat(_NEWLINE, ir.IntType(8), SLACK))
        return _first(builder, newlines)

    return types.intp(array, types.intp), generate


def _blank(_context: Any, array: Any, _index: Any) -> Any:
    """Typing and code of ``next_blank``."""

    def generate(cg: Any, builder: Any, signature: Any, args: Any) -> Any:
        value = _bytes_at(cg, builder, signature.args[0], args[0], args[1], SLACK)
        blanks = builder.icmp_unsigned("<=", value, _splat(_SPACE, ir.IntType(8), SLACK))
        return _first(builder, blanks)

    return types.intp(array, types.intp), generate


def _difference(_context: Any, one: Any, _at: Any, other: Any, _other_at: Any) -> Any:
    """Typing and code of ``next_difference``."""

    def generate(cg: Any, builder: Any, signature: Any, args: Any) -> Any:
        a = _bytes_at(cg, builder, signature.args[0], args[0], args[1], SLACK)
        b = _bytes_at(cg, builder, signature.args[2], args[2], args[3], SLACK)
        return _first(builder, builder.icmp_unsigned("!=", a, b))

    return types.intp(one, types.intp, other, types.intp), generate


def _equal(_context: Any, one: Any, _at: Any, other: Any, _other_at: Any) -> Any:
    """Typing and code of ``equal_bytes``."""

    def generate(cg: Any, builder: Any, signature: Any, args: Any) -> Any:
        a = _bytes_at(cg, builder, signature.args[0], args[0], args[1], SLACK)
        b = _bytes_at(cg, builder, signature.args[2], args[2], args[3], SLACK)
        return builder.bitcast(builder.icmp_unsigned("==", a, b), ir.IntType(64))

    return types.uint64(one, types.intp, other, types.intp), generate


def _lowest(_context: Any, _bits: Any) -> Any:
    """Typing and code of ``lowest_bit``."""

    def generate(_cg: Any, builder: Any, _signature: Any, args: Any) -> Any:
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 0))

    return types.intp(types.uint64), generate


def _ones(_context: Any, _bits: Any) -> Any:
    """Typing and code of ``number_of_bits``."""

    def generate(_cg: Any, builder: Any, _signature: Any, args: Any) -> Any:
        return builder.ctpop(args[0])

    return types.intp(types.uint64), generate


def _pack(_context: Any, array: Any, _index: Any) -> Any:
    """Typing and code of ``packed_bases``.

    Bits 1 and 2 of ASCII tell A, C, G, T apart in either case; the shifts bring the bits of eight
    bases together two, four and eight at a time, in four words at once.
    """

    def generate(cg: Any, builder: Any, signature: Any, args: Any) -> Any:
        word = ir.IntType(64)
        value = _bytes_at(cg, builder, signature.args[0], args[0], args[1], 32)
        x = builder.bitcast(value, ir.VectorType(word, 4))
        x = builder.lshr(x, _splat(1, word, 4))
        x = builder.and_(x, _splat(0x0303030303030303, word, 4))
        for shift, mask in ((6, 0x000F000F000F000F), (12, 0x000000FF000000FF), (24, 0xFFFF)):
            x = builder.or_(x, builder.lshr(x, _splat(shift, word, 4)))
            x = builder.and_(x, _splat(mask, word, 4))
        halves = builder.trunc(x, ir.VectorType(ir.IntType(16), 4))
        return builder.bitcast(halves, word)

    return types.uint64(array, types.intp), generate


next_newline: Any = intrinsic(_newline)
"""How many bytes from an index on come before a newline; 64 if that many or more."""
next_blank: Any = intrinsic(_blank)
"""How many bytes from an index on come before one that is not printed; 64 if as many or more."""
next_difference: Any = intrinsic(_difference)
"""How many bytes from two indices on are the same; 64 if that many or more."""
equal_bytes: Any = intrinsic(_equal)
"""Which of the 64 bytes from two indices on are the same: a uint64, the first byte's bit lowest."""
lowest_bit: Any = intrinsic(_lowest)
"""Index of the lowest bit of a uint64 that is set; 64 for none."""
number_of_bits: Any = intrinsic(_ones)
"""How many bits of a uint64 are set."""
packed_bases: Any = intrinsic(_pack)
"""32 bases from an index on as one uint64, 2 bits each, the first base lowest."""
