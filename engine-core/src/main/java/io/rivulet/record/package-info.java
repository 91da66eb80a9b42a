/**
 * Java records as rows: {@link io.rivulet.record.RecordCodec} reads columns into records and writes records to columns.
 */
@NullMarked
package io.rivulet.record;

import org.jspecify.annotations.NullMarked;
