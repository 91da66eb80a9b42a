package io.rivulet.files;

import io.rivulet.connector.Split;

/**
 * Whole records of one file.
 *
 * @param path the file, absolute
 * @param size its length when it was planned
 * @param modified its time of modification then, microseconds since the epoch
 * @param from byte at which the first record begins; 0 also when a header comes first
 * @param to byte behind the last record
 * @param line number of the line at {@code from}, from 1
 */
record FileSplit(String path, long size, long modified, long from, long to, long line, long estimatedRows)
        implements Split {
    /** The file as it was when it was planned. */
    FileEntry entry() {
        return new FileEntry(path, size, modified);
    }
}
