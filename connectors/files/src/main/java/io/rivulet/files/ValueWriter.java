package io.rivulet.files;

import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.SimpleType;
import io.rivulet.vector.BooleanVector;
import io.rivulet.vector.ByteVector;
import io.rivulet.vector.BytesVector;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.FloatVector;
import io.rivulet.vector.IntVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.ShortVector;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes scalar values as the text that {@link ValueParser} reads: ISO-8601 dates and timestamps (an instant with the
 * session zone's offset), base64, plain decimals. One thread.
 */
final class ValueWriter {
    private static final long SECOND = 1_000_000L;

    private final DataType type;
    private final @Nullable DateTimeFormatter timestampFormat;
    private final @Nullable DateTimeFormatter dateFormat;
    private final ZoneId zone;
    private final ZoneRules rules;
    private final @Nullable ZoneOffset fixedOffset;

    ValueWriter(DataType type, ValueFormats formats, ZoneId zone) {
        this.type = type;
        this.timestampFormat = formats.timestamp();
        this.dateFormat = formats.date();
        this.zone = zone;
        this.rules = zone.getRules();
        this.fixedOffset = rules.isFixedOffset() ? rules.getOffset(Instant.EPOCH) : null;
    }

    /** Writes the value of a row that is not null, of a flat vector. */
    void write(ColumnVector vector, int row, TextBuffer out) {
        if (type instanceof DecimalType) {
            out.ascii(((BigDecimal) present(vector, row)).toPlainString());
            return;
        }
        switch ((SimpleType) type) {
            case STRING -> {
                BytesVector bytes = (BytesVector) vector;
                out.put(bytes.data(), bytes.offsets()[row], bytes.length(row));
            }
            case BIGINT -> out.number(((LongVector) vector).values()[row]);
            case INT -> out.number(((IntVector) vector).values()[row]);
            case SMALLINT -> out.number(((ShortVector) vector).values()[row]);
            case TINYINT -> out.number(((ByteVector) vector).values()[row]);
            case DOUBLE -> out.ascii(Double.toString(((DoubleVector) vector).values()[row]));
            case FLOAT -> out.ascii(Float.toString(((FloatVector) vector).values()[row]));
            case BOOLEAN -> out.ascii(((BooleanVector) vector).values()[row] ? "true" : "false");
            case TIMESTAMP -> writeInstant(((LongVector) vector).values()[row], out);
            case TIMESTAMP_NTZ -> writeLocal(((LongVector) vector).values()[row], out);
            case DATE -> writeDate(((IntVector) vector).values()[row], out);
            case BINARY -> out.ascii(Base64.getEncoder().encodeToString((byte[]) present(vector, row)));
            case INTERVAL_YEAR_MONTH -> out.ascii(((Period) present(vector, row)).toString());
            case INTERVAL_DAY_TIME -> out.ascii(present(vector, row).toString());
            case NULL -> throw new IllegalStateException("a column of nulls holds no value");
        }
    }

    private static Object present(ColumnVector vector, int row) {
        return Objects.requireNonNull(vector.objectAt(row));
    }

    private void writeDate(int days, TextBuffer out) {
        if (dateFormat != null) {
            out.text(dateFormat.format(LocalDate.ofEpochDay(days)));
        } else {
            day(LocalDate.ofEpochDay(days), out);
        }
    }

    private void writeLocal(long micros, TextBuffer out) {
        if (timestampFormat != null) {
            out.text(timestampFormat.format(LocalDateTime.ofEpochSecond(
                    Math.floorDiv(micros, SECOND), (int) Math.floorMod(micros, SECOND) * 1000, ZoneOffset.UTC)));
        } else {
            dayAndTime(micros, out);
        }
    }

    private void writeInstant(long micros, TextBuffer out) {
        Instant instant = fixedOffset != null && timestampFormat == null
                ? Instant.EPOCH
                : Instant.ofEpochSecond(Math.floorDiv(micros, SECOND), Math.floorMod(micros, SECOND) * 1000);
        if (timestampFormat != null) {
            out.text(timestampFormat.format(instant.atZone(zone)));
            return;
        }
        ZoneOffset offset = fixedOffset != null ? fixedOffset : rules.getOffset(instant);
        dayAndTime(micros + offset.getTotalSeconds() * SECOND, out);
        out.ascii(offset.getId());
    }

    private static void dayAndTime(long micros, TextBuffer out) {
        long second = Math.floorDiv(micros, SECOND);
        long fraction = Math.floorMod(micros, SECOND);
        day(LocalDate.ofEpochDay(Math.floorDiv(second, 86_400L)), out);
        int ofDay = (int) Math.floorMod(second, 86_400L);
        out.put('T');
        out.padded(ofDay / 3600, 2);
        out.put(':');
        out.padded(ofDay / 60 % 60, 2);
        out.put(':');
        out.padded(ofDay % 60, 2);
        if (fraction != 0) {
            out.put('.');
            if (fraction % 1000 == 0) {
                out.padded(fraction / 1000, 3);
            } else {
                out.padded(fraction, 6);
            }
        }
    }

    private static void day(LocalDate date, TextBuffer out) {
        if (date.getYear() < 0 || date.getYear() > 9999) {
            out.ascii(date.toString());
            return;
        }
        out.padded(date.getYear(), 4);
        out.put('-');
        out.padded(date.getMonthValue(), 2);
        out.put('-');
        out.padded(date.getDayOfMonth(), 2);
    }
}
