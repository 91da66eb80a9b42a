package io.rivulet.files;

import io.rivulet.connector.ReadContext;
import java.nio.file.Path;

/** What differs between the formats of files that hold records. Immutable, thread-safe. */
interface FileFormat {
    /** What a source does with a row that does not fit the schema. */
    enum Mode {
        FAIL_FAST,
        DROP_MALFORMED
    }

    /** For descriptions: {@code csv} or {@code json}. */
    String name();

    /** Whether a malformed row fails the query or is dropped. */
    Mode mode();

    /** Records between two bytes of a file; behind the header when {@code from} is 0 and there is one. */
    RecordScanner scan(Path file, long from, long to, long line);

    /** A parser for the records of a file; refuses a wrong header. */
    RecordParser parser(Path file, long size, ReadContext context);
}
