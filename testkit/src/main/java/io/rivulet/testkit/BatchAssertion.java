package io.rivulet.testkit;

import io.rivulet.sql.parser.SqlParser;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks column batches, e.g. what a source's reader or a custom sink's writer handles. Failures are AssertionErrors.
 *
 * <pre>{@code
 * BatchAssertion.assertThatBatch(reader.next())
 *         .hasSchema("user STRING, n BIGINT")
 *         .hasRows(row("anna", 3), row(null, 1))
 *         .hasNulls("user", 1);
 * }</pre>
 */
public final class BatchAssertion {
    private final List<ColumnBatch> batches;

    private BatchAssertion(List<ColumnBatch> batches) {
        this.batches = batches;
    }

    /** Checks one batch; a selection counts. */
    public static BatchAssertion assertThatBatch(@Nullable ColumnBatch batch) {
        if (batch == null) {
            throw new AssertionError("expected a batch but there was none");
        }
        return new BatchAssertion(List.of(batch));
    }

    /** Checks several batches as one sequence of rows. */
    public static BatchAssertion assertThatBatches(List<ColumnBatch> batches) {
        return new BatchAssertion(List.copyOf(batches));
    }

    /** Every batch has these columns, written in SQL; whether they may be null does not count. */
    public BatchAssertion hasSchema(String ddl) {
        String expected = shape(SqlParser.schema(ddl).ddl());
        for (ColumnBatch batch : batches) {
            String actual = shape(batch.schema().ddl());
            if (!actual.equals(expected)) {
                throw new AssertionError("expected the columns " + expected + " but was " + actual);
            }
        }
        return this;
    }

    private static String shape(String ddl) {
        return ddl.replace(" NOT NULL", "");
    }

    /** These rows, in this order, compared as {@link Rows} says. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final BatchAssertion hasRows(List<? extends @Nullable Object>... rows) {
        return compare(Arrays.asList(rows), true);
    }

    /** These rows in any order, compared as {@link Rows} says. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final BatchAssertion hasRowsInAnyOrder(List<? extends @Nullable Object>... rows) {
        return compare(Arrays.asList(rows), false);
    }

    private BatchAssertion compare(List<? extends List<? extends @Nullable Object>> rows, boolean ordered) {
        String difference = Rows.difference(Rows.of(batches), rows, ordered);
        if (difference != null) {
            throw new AssertionError(difference);
        }
        return this;
    }

    /** So many rows. */
    public BatchAssertion hasRowCount(int count) {
        int actual = batches.stream().mapToInt(ColumnBatch::rowCount).sum();
        if (actual != count) {
            throw new AssertionError("expected " + count + " rows but was " + actual);
        }
        return this;
    }

    /** A column is null in so many of the rows. */
    public BatchAssertion hasNulls(String column, int count) {
        long actual = 0;
        for (ColumnBatch batch : batches) {
            int index = batch.schema().indexOf(column);
            if (index < 0) {
                throw new AssertionError(
                        "there is no column " + column + " in " + batch.schema().ddl());
            }
            ColumnVector vector = batch.compact().column(index);
            for (int i = 0; i < vector.size(); i++) {
                actual += Objects.isNull(vector.objectAt(i)) ? 1 : 0;
            }
        }
        if (actual != count) {
            throw new AssertionError("expected " + count + " nulls in " + column + " but was " + actual);
        }
        return this;
    }
}
