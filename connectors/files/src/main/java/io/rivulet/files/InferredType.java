package io.rivulet.files;

import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.SimpleType;
import io.rivulet.vector.ColumnBuilder;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The type that all texts seen so far fit: INT, BIGINT, DECIMAL without digits behind the point, DOUBLE; DATE, TIMESTAMP;
 * BOOLEAN; else STRING. The order in which texts come does not matter. One thread.
 */
final class InferredType {
    private static final int INT_DIGITS = 9;

    private final ValueFormats formats;
    private final ZoneId zone;
    private final Map<DataType, Trial> trials = new HashMap<>();
    private @Nullable DataType type;

    /** Reads texts as one type; what it reads is thrown away. */
    private record Trial(ValueParser parser, ColumnBuilder values) {}

    InferredType(ValueFormats formats, ZoneId zone) {
        this.formats = formats;
        this.zone = zone;
    }

    /** Takes a text that stands for a value. */
    void see(byte[] data, int from, int to) {
        DataType known = type;
        if (known != SimpleType.STRING && (known == null || !fits(known, data, from, to) || isWide(known))) {
            DataType fresh = typeOf(data, from, to);
            type = known == null ? fresh : common(known, fresh);
        }
    }

    private static boolean isWide(DataType known) {
        return known instanceof DecimalType; // its precision may have to grow
    }

    /** The type; STRING when nothing was seen. */
    DataType type() {
        DataType known = type;
        return known == null ? SimpleType.STRING : known;
    }

    private DataType typeOf(byte[] data, int from, int to) {
        for (DataType candidate : new DataType[] {SimpleType.INT, SimpleType.BIGINT}) {
            if (fits(candidate, data, from, to)) {
                return candidate;
            }
        }
        int digits = digits(data, from, to);
        if (digits > INT_DIGITS && digits <= DecimalType.MAX_PRECISION) {
            return new DecimalType(digits, 0);
        }
        for (DataType candidate :
                new DataType[] {SimpleType.DOUBLE, SimpleType.DATE, SimpleType.TIMESTAMP, SimpleType.BOOLEAN}) {
            if (fits(candidate, data, from, to)) {
                return candidate;
            }
        }
        return SimpleType.STRING;
    }

    /** How many digits a whole number has; 0 when it is none. */
    private static int digits(byte[] data, int from, int to) {
        int i = from < to && (data[from] == '-' || data[from] == '+') ? from + 1 : from;
        int begin = i;
        while (i < to && data[i] >= '0' && data[i] <= '9') {
            i++;
        }
        return i == to ? i - begin : 0;
    }

    private boolean fits(DataType candidate, byte[] data, int from, int to) {
        Trial trial = trials.computeIfAbsent(candidate, this::trial);
        boolean fits = trial.parser.parse(data, from, to, trial.values);
        trial.values.truncate(0);
        return fits;
    }

    private Trial trial(DataType candidate) {
        return new Trial(new ValueParser(candidate, formats, zone), new ColumnBuilder(candidate, 1));
    }

    /** The narrowest type that holds the values of both. */
    static DataType common(DataType a, DataType b) {
        if (a.equals(b)) {
            return a;
        }
        if (a.isNumeric() && b.isNumeric()) {
            if (a == SimpleType.DOUBLE || b == SimpleType.DOUBLE) {
                return SimpleType.DOUBLE;
            }
            int precision = Math.max(wholeDigits(a), wholeDigits(b));
            return a.isIntegral() && b.isIntegral() ? SimpleType.BIGINT : new DecimalType(precision, 0);
        }
        boolean times = (a == SimpleType.DATE || a == SimpleType.TIMESTAMP)
                && (b == SimpleType.DATE || b == SimpleType.TIMESTAMP);
        return times ? SimpleType.TIMESTAMP : SimpleType.STRING;
    }

    private static int wholeDigits(DataType type) {
        return type instanceof DecimalType decimal ? decimal.precision() : type == SimpleType.INT ? 10 : 19;
    }
}
