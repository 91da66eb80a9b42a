/**
 * CSV, JSON lines and text files as source and sink. Read {@link io.rivulet.files.CsvConnector} for the options, then
 * {@code FileSource} and {@code FileSink}.
 */
@NullMarked
package io.rivulet.files;

import org.jspecify.annotations.NullMarked;
