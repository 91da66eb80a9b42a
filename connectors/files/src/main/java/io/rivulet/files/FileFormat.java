package io.rivulet.files;

import io.rivulet.connector.ReadContext;
import io.rivulet.type.Schema;
import java.nio.file.Path;

/** What differs between the formats of files that hold records. Immutable, thread-safe. */
interface FileFormat {
    /** What a source does with a row that does not fit the schema and that no bad-row sink takes. */
    enum Mode {
        FAIL_FAST,
        DROP_MALFORMED
    }

    /** For descriptions: {@code csv}, {@code json} or {@code text}. */
    String name();

    /** Whether a malformed row fails the query or is dropped. */
    Mode mode();

    /** Whether a file is one record, which no limit and no split can cut. */
    default boolean wholeFiles() {
        return false;
    }

    /**
     * Records between two bytes of a file; behind the header when {@code from} is 0 and there is one.
     *
     * @param input at {@code from}; closed with the scanner, also when this fails
     */
    RecordScanner scan(ByteInput input, Path file, long from, long to, long line);

    /** As {@link #scan(ByteInput, Path, long, long, long)}, of a file that is opened for it. */
    default RecordScanner scan(Path file, long from, long to, long line) {
        return scan(ByteInput.open(file, from), file, from, to, line);
    }

    /**
     * A parser for the records of a file; refuses a wrong header.
     *
     * @param end where its records end, as {@link RecordScanner} takes it
     * @param schema the columns that are in the file: those of the source without those that the path gives
     * @param context whose columns are indices into {@code schema}
     */
    RecordParser parser(Path file, long end, Schema schema, ReadContext context);
}
