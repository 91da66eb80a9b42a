package io.rivulet.expression;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.util.List;

/**
 * The newest window that holds an event time, as STRUCT&lt;start, end&gt;: {@code start = ts − floorMod(ts − offset,
 * slide)}, {@code end = start + size}; null where the time is null. For a tumbling window (slide = size) that is the
 * window; the other windows of a sliding one begin one, two … slides earlier, and operators enumerate them.
 *
 * @param time TIMESTAMP or TIMESTAMP_NTZ
 * @param size microseconds, at least {@code slide}
 * @param slide microseconds, positive
 * @param offset microseconds, of an absolute value below {@code slide}
 */
public record Window(Expression time, long size, long slide, long offset) implements Expression {
    public Window {
        if (!time.type().isTimestamp()) {
            throw ErrorCode.TYPE_MISMATCH.error("window() needs a TIMESTAMP, but " + time + " is "
                    + time.type().sql());
        }
        if (slide <= 0 || size < slide || Math.abs(offset) >= slide) {
            throw ErrorCode.BAD_OPTION.error("window(size " + size + " µs, slide " + slide + " µs, start " + offset
                    + " µs) needs 0 < slide <= size and |start| < slide");
        }
    }

    /** Whether each time is in one window only. */
    public boolean tumbling() {
        return size == slide;
    }

    @Override
    public StructType type() {
        return new StructType(Schema.of(
                new Field("start", time.type(), time.nullable()), new Field("end", time.type(), time.nullable())));
    }

    @Override
    public boolean nullable() {
        return time.nullable();
    }

    @Override
    public List<Expression> children() {
        return List.of(time);
    }

    @Override
    public Window withChildren(List<Expression> children) {
        return new Window(Expression.requireCount("window", children, 1).get(0), size, slide, offset);
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitWindow(this);
    }

    @Override
    public String toString() {
        return "window(" + time + ", " + size + ", " + slide + ", " + offset + ")";
    }

    /** Start or end as an expression of its own. */
    public Expression bound(int field) {
        Expression start = Expressions.call(
                "window_start",
                List.of(time, new Literal(slide, DataType.BIGINT), new Literal(offset, DataType.BIGINT)));
        return field == 0
                ? start
                : Expressions.call("+", List.of(start, new Literal(size, DataType.INTERVAL_DAY_TIME)));
    }
}
