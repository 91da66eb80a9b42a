package io.rivulet.state;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;
import io.rivulet.type.PhysicalType;
import io.rivulet.type.Schema;
import java.util.Arrays;
import java.util.List;

/**
 * How the rows of a table lie in its {@code long[]}: a word of null bits when a key column is nullable, the key words,
 * the value words. A fixed-width value is one word (doubles as canonical or raw bits), a DECIMAL of more than 18 digits
 * two (high, low), a variable-width value one word with its offset and length in the byte arena.
 */
final class RowLayout {
    final TableSpec spec;
    final Schema schema;
    final boolean nullWord;
    final int keyWords;
    final int stride;
    /** Word of each column within the row, keys first. */
    final int[] offsets;

    final PhysicalType[] types;
    final boolean bytesInKey;
    /** Whether no column has bytes outside the row. */
    final boolean fixedWidth;
    /** The words a new row starts with. */
    final long[] template;
    /** Whether they are all zero, as those of a new array. */
    final boolean startsWithZeros;

    /** Rows of a table that numbers its keys: a word with the number, the values. */
    static RowLayout numbered(TableSpec spec) {
        StateColumn number = StateColumn.key(" number", DataType.BIGINT, false);
        return new RowLayout(new TableSpec(spec.operator(), List.of(number), spec.values()));
    }

    /** Rows of a table that numbers its keys, where they lie at their numbers: the values. */
    static RowLayout dense(TableSpec spec) {
        return new RowLayout(new TableSpec(spec.operator(), List.of(), spec.values()));
    }

    RowLayout(TableSpec spec) {
        this.spec = spec;
        schema = spec.schema();
        List<StateColumn> keys = spec.keys();
        List<StateColumn> values = spec.values();
        int columns = keys.size() + values.size();
        offsets = new int[columns];
        types = new PhysicalType[columns];
        nullWord = keys.stream().anyMatch(StateColumn::nullable);
        if (nullWord && keys.size() > Long.SIZE) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error("'" + spec.operator() + "' has " + keys.size()
                    + " key columns; at most " + Long.SIZE + " are possible when one of them may be null");
        }
        int word = nullWord ? 1 : 0;
        boolean bytes = false;
        for (int c = 0; c < keys.size(); c++) {
            types[c] = keys.get(c).type().physical();
            offsets[c] = word;
            word += width(types[c]);
            bytes |= types[c] == PhysicalType.BYTES;
        }
        bytesInKey = bytes;
        keyWords = word;
        for (int c = 0; c < values.size(); c++) {
            int column = keys.size() + c;
            types[column] = values.get(c).type().physical();
            offsets[column] = word;
            word += width(types[column]);
        }
        stride = Math.max(word, 1);
        template = new long[stride];
        for (int c = 0; c < values.size(); c++) {
            int column = keys.size() + c;
            long initial = values.get(c).initial();
            if (types[column] == PhysicalType.DECIMAL128) {
                template[offsets[column]] = initial >> (Long.SIZE - 1);
                template[offsets[column] + 1] = initial;
            } else {
                template[offsets[column]] = initial;
            }
        }
        fixedWidth = Arrays.stream(types).noneMatch(type -> type == PhysicalType.BYTES);
        startsWithZeros = Arrays.stream(template).allMatch(initial -> initial == 0);
    }

    /** Gives rows the words a new row starts with. */
    void clear(long[] words, int fromRow, int toRow) {
        int begin = fromRow * stride;
        int end = toRow * stride;
        if (begin >= end) {
            return;
        }
        if (startsWithZeros) {
            Arrays.fill(words, begin, end, 0);
            return;
        }
        System.arraycopy(template, 0, words, begin, stride);
        int done = stride;
        while (begin + done < end) { // twice as much each time: copies of long runs are fast
            int next = Math.min(done, end - begin - done);
            System.arraycopy(words, begin, words, begin + done, next);
            done += next;
        }
    }

    private static int width(PhysicalType type) {
        return type == PhysicalType.DECIMAL128 ? 2 : 1;
    }

    /** Whether the key is one column of one fixed-width word: the fastest way to look rows up. */
    boolean oneWordKey() {
        return spec.keys().size() == 1 && keyWords == (nullWord ? 2 : 1) && !bytesInKey;
    }

    /** Whether the key is one column of texts. */
    boolean oneTextKey() {
        return spec.keys().size() == 1 && bytesInKey;
    }
}
