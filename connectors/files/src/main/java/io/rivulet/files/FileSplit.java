package io.rivulet.files;

import io.rivulet.connector.Split;

/**
 * Whole records of one file.
 *
 * @param entry the file as it was when it was planned
 * @param from byte at which the first record begins; 0 also when a header comes first
 * @param to byte behind the last record
 * @param line number of the line at {@code from}, from 1
 */
record FileSplit(FileEntry entry, long from, long to, long line, long estimatedRows) implements Split {}
