package io.rivulet.streaming;

import io.rivulet.state.TableSpec;
import java.util.List;
import java.util.Map;

/**
 * What of a query its checkpoint depends on.
 *
 * @param fingerprint what may not change between runs, by a name people understand (e.g. {@code "aggregate-0 keys" →
 *     "origin STRING"}): a restart with another map is refused with a list of what differs
 * @param tables the tables of its stateful operators; a restart may add value columns, nothing else
 * @param partitions the number of partitions of its stateful stages; may change
 * @param watermarkPolicy {@code min} or {@code max}; the logged one wins over a changed one
 */
public record QueryDescription(
        Map<String, String> fingerprint, List<TableSpec> tables, int partitions, String watermarkPolicy) {
    public QueryDescription {
        tables = List.copyOf(tables);
    }
}
