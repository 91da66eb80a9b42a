package io.rivulet.state.local;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.state.StateColumn;
import io.rivulet.state.TableSpec;
import io.rivulet.streaming.QueryDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What of a query differs from the one its checkpoint was written by. */
final class QueryChanges {
    private final List<String> refused = new ArrayList<>();
    private final List<String> added = new ArrayList<>();

    QueryChanges(QueryFile stored, QueryDescription query) {
        fingerprint(stored.fingerprint(), query.fingerprint());
        for (TableSpec before : stored.operators()) {
            TableSpec now = find(query.tables(), before.operator());
            if (now == null && find(query.tables(), before.owner()) != null) {
                refused.add("'" + before.sideName() + "' of '" + before.owner() + "' is gone");
            } else if (now == null) {
                refused.add("the state of '" + before.operator() + "' has no operator any more");
            } else {
                table(before, now);
            }
        }
        for (TableSpec now : query.tables()) {
            if (find(stored.operators(), now.operator()) != null) {
                continue;
            }
            if (find(stored.operators(), now.owner()) != null) {
                added.add("'" + now.sideName() + "' of '" + now.owner() + "'");
            } else {
                refused.add("'" + now.operator() + "' is new and would start without state");
            }
        }
    }

    private void fingerprint(Map<String, String> before, Map<String, String> now) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            String was = before.get(name);
            String is = now.get(name);
            if (was == null) {
                refused.add(name + ": is " + is + ", was not there");
            } else if (is == null) {
                refused.add(name + ": was " + was + ", is gone");
            } else if (!was.equals(is)) {
                refused.add(name + ": was " + was + ", is " + is);
            }
        }
    }

    private static @Nullable TableSpec find(List<TableSpec> specs, String operator) {
        for (TableSpec spec : specs) {
            if (spec.operator().equals(operator)) {
                return spec;
            }
        }
        return null;
    }

    private void table(TableSpec before, TableSpec now) {
        String operator = before.operator();
        if (!sameKeys(before.keys(), now.keys())) {
            refused.add(
                    "keys of '" + operator + "': were " + describe(before.keys()) + ", are " + describe(now.keys()));
        }
        for (StateColumn column : before.values()) {
            StateColumn is = column(now, column.name());
            if (is == null) {
                refused.add("'" + column.name() + "' of '" + operator + "' is gone");
            } else if (!is.type().equals(column.type())) {
                refused.add("'" + column.name() + "' of '" + operator + "': was "
                        + column.type().sql() + ", is " + is.type().sql());
            }
        }
        for (StateColumn column : now.values()) {
            if (column(before, column.name()) == null) {
                added.add("'" + column.name() + "' of '" + operator + "'");
            }
        }
    }

    /** A key that may be null from now on is the same key; one that was null may lie in the state. */
    private static boolean sameKeys(List<StateColumn> before, List<StateColumn> now) {
        if (before.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            StateColumn was = before.get(i);
            StateColumn is = now.get(i);
            if (!was.name().equals(is.name()) || !was.type().equals(is.type()) || (was.nullable() && !is.nullable())) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable StateColumn column(TableSpec spec, String name) {
        for (StateColumn column : spec.values()) {
            if (column.name().equals(name)) {
                return column;
            }
        }
        return null;
    }

    private static String describe(List<StateColumn> keys) {
        return "("
                + String.join(
                        ", ",
                        keys.stream()
                                .map(k -> k.name() + " " + k.type().sql() + (k.nullable() ? "" : " NOT NULL"))
                                .toList())
                + ")";
    }

    /** The error that lists what cannot be continued, or null. */
    @Nullable
    RivuletException refusal(Object checkpoint) {
        if (refused.isEmpty()) {
            return null;
        }
        return ErrorCode.QUERY_CHANGED.error("the query differs from the one that wrote " + checkpoint + ": "
                + String.join("; ", refused)
                + ". Undo the change, or start with a new checkpoint directory");
    }

    /** Columns and tables that start empty. */
    List<String> added() {
        return added;
    }
}
