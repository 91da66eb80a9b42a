package io.rivulet.expression;

import io.rivulet.error.ErrorCode;
import io.rivulet.function.Utf8;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A constant.
 *
 * @param value Boolean, Byte, Short, Integer (also DATE and INTERVAL YEAR TO MONTH), Long (also TIMESTAMP,
 *     TIMESTAMP_NTZ and INTERVAL DAY TO SECOND, in microseconds), Float, Double, BigDecimal of the type's scale, String,
 *     or {@link Utf8} for BINARY; null for a null of any type
 */
public record Literal(@Nullable Object value, DataType type) implements Expression {
    /** TRUE. */
    public static final Literal TRUE = new Literal(true, DataType.BOOLEAN);

    /** FALSE. */
    public static final Literal FALSE = new Literal(false, DataType.BOOLEAN);

    public Literal {
        if (value != null && !fits(value, type)) {
            throw ErrorCode.TYPE_MISMATCH.error(
                    "the constant " + value + " (" + value.getClass().getSimpleName() + ") is no " + type.sql());
        }
    }

    private static boolean fits(Object value, DataType type) {
        if (type instanceof DecimalType decimal) {
            return value instanceof BigDecimal d
                    && d.scale() == decimal.scale()
                    && d.precision() <= decimal.precision();
        }
        Class<?> wanted = switch (type.physical()) {
            case BOOLEAN -> Boolean.class;
            case BYTE -> Byte.class;
            case SHORT -> Short.class;
            case INT -> Integer.class;
            case LONG -> Long.class;
            case FLOAT -> Float.class;
            case DOUBLE -> Double.class;
            case BYTES -> type == DataType.STRING ? String.class : Utf8.class;
            default -> Void.class;
        };
        return wanted.isInstance(value);
    }

    /** A null of a type. */
    public static Literal ofNull(DataType type) {
        return new Literal(null, type);
    }

    /**
     * The constant for a Java object, its type following from the object's class: boxed primitives, String, byte[],
     * BigDecimal (precision and scale of the value), LocalDate, Instant, LocalDateTime, Period (months), Duration; null
     * is VOID.
     */
    public static Literal of(@Nullable Object value) {
        if (value == null) {
            return ofNull(DataType.NULL);
        }
        if (value instanceof Literal literal) {
            return literal;
        }
        if (value instanceof byte[] bytes) {
            return new Literal(Utf8.of(bytes.clone()), DataType.BINARY);
        }
        if (value instanceof BigDecimal decimal) {
            BigDecimal whole = decimal.scale() < 0 ? decimal.setScale(0) : decimal;
            return new Literal(whole, new DecimalType(Math.max(whole.precision(), whole.scale()), whole.scale()));
        }
        if (value instanceof LocalDate date) {
            return new Literal(Math.toIntExact(date.toEpochDay()), DataType.DATE);
        }
        if (value instanceof Instant instant) {
            return new Literal(ChronoUnit.MICROS.between(Instant.EPOCH, instant), DataType.TIMESTAMP);
        }
        if (value instanceof LocalDateTime time) {
            return new Literal(
                    ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time), DataType.TIMESTAMP_NTZ);
        }
        if (value instanceof Period period) {
            return new Literal(Math.toIntExact(period.toTotalMonths()), DataType.INTERVAL_YEAR_MONTH);
        }
        if (value instanceof Duration duration) {
            return new Literal(duration.toNanos() / 1000, DataType.INTERVAL_DAY_TIME);
        }
        for (DataType type : List.of(
                DataType.BOOLEAN,
                DataType.TINYINT,
                DataType.SMALLINT,
                DataType.INT,
                DataType.BIGINT,
                DataType.FLOAT,
                DataType.DOUBLE,
                DataType.STRING)) {
            if (fits(value, type)) {
                return new Literal(value, type);
            }
        }
        throw ErrorCode.TYPE_MISMATCH.error(
                "a constant of " + value.getClass().getName() + " has no SQL type; use a number, text, date or time");
    }

    /** A vector whose row 0 is the constant. */
    public ColumnVector asVector() {
        ColumnBuilder builder = new ColumnBuilder(type, 1);
        builder.append(value instanceof Utf8 bytes ? bytes.toBytes() : value);
        return builder.build();
    }

    @Override
    public boolean nullable() {
        return value == null;
    }

    @Override
    public boolean foldable() {
        return true;
    }

    @Override
    public List<Expression> children() {
        return List.of();
    }

    @Override
    public Literal withChildren(List<Expression> children) {
        Expression.requireCount("a literal", children, 0);
        return this;
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitLiteral(this);
    }

    @Override
    public String toString() {
        if (value == null) {
            return "NULL";
        }
        if (type == DataType.STRING) {
            return "'" + ((String) value).replace("'", "''") + "'";
        }
        if (type == DataType.BINARY) {
            StringBuilder hex = new StringBuilder("X'");
            for (byte b : ((Utf8) value).toBytes()) {
                hex.append(String.format(java.util.Locale.ROOT, "%02X", b));
            }
            return hex.append("'").toString();
        }
        Object shown = asVector().objectAt(0);
        if (type == DataType.DATE || type.isTimestamp()) {
            return (type == DataType.DATE ? "DATE '" : type.sql() + " '") + shown + "'";
        }
        return type == DataType.INTERVAL_DAY_TIME || type == DataType.INTERVAL_YEAR_MONTH
                ? "INTERVAL '" + shown + "'"
                : String.valueOf(shown);
    }
}
