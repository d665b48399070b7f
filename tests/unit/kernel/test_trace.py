"""A trace is handed on inside its block."""

from shared.kernel.trace import current_traceparent, tracing

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def test_a_trace_holds_inside_its_block_only() -> None:
    with tracing(TRACE):
        inside = current_traceparent()

    assert inside == TRACE
    assert current_traceparent() is None


def test_blocks_nest() -> None:
    with tracing(TRACE):
        with tracing(None):
            assert current_traceparent() is None
        assert current_traceparent() == TRACE
