"""Arrays without reference counts, for the inside of a compiled loop.

Numba counts references to an array at every call and every look into a tuple, with atomic
instructions that here cost more than the model itself (about six times). A borrowed array points to
the same memory and owns nothing, so the compiler removes all counting. It is safe only where the
lender outlives the borrower: inside one call that was given the lender.
"""

from llvmlite import ir
from numba.extending import intrinsic

from kernegotiate.engine.jit import inlined
from kernegotiate.engine.layout import World


@intrinsic
def borrowed(typingctx, array):
    """A view of `array` that counts no references and must not outlive it."""

    def codegen(context, builder, signature, args):
        view = context.make_array(array)(context, builder, value=args[0])
        view.meminfo = ir.Constant(view.meminfo.type, None)
        view.parent = ir.Constant(view.parent.type, None)
        return view._getvalue()  # noqa: SLF001 (Numba's own way to return a view)

    return array(array), codegen


@inlined
def borrow(world):
    """A world of borrowed arrays."""
    return World(
        gov=borrowed(world.gov),
        project=borrowed(world.project),
        party=borrowed(world.party),
        trust=borrowed(world.trust),
        coordinator=borrowed(world.coordinator),
        tally=borrowed(world.tally),
        ledger=borrowed(world.ledger),
        agenda=borrowed(world.agenda),
        works=borrowed(world.works),
        motion=borrowed(world.motion),
        odds=borrowed(world.odds),
        cause=borrowed(world.cause),
        values=borrowed(world.values),
        remedies=borrowed(world.remedies),
        line=borrowed(world.line),
        income=borrowed(world.income),
        partners=borrowed(world.partners),
        partner=borrowed(world.partner),
        partners_from=borrowed(world.partners_from),
        nearest=borrowed(world.nearest),
        pull=borrowed(world.pull),
        horizon=borrowed(world.horizon),
        society=borrowed(world.society),
        quantile=borrowed(world.quantile),
        kind=borrowed(world.kind),
        origin=borrowed(world.origin),
        merger=borrowed(world.merger),
        row=borrowed(world.row),
        row_party=borrowed(world.row_party),
    )
