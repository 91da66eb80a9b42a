package io.rivulet.sql.planning;

import io.rivulet.connector.OutputMode;
import io.rivulet.error.ErrorCode;
import io.rivulet.expression.Cast;
import io.rivulet.expression.Expression;
import io.rivulet.expression.FieldAccess;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.Literal;
import io.rivulet.expression.Window;
import io.rivulet.sql.logical.AggregateNode;
import io.rivulet.sql.logical.DivertLateNode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a late-row sink is given: the operator that refused the row, the watermark by which, and the row as it came to
 * the operator. Rows of several operators share a sink: their columns are put together by name, and columns of one name
 * and several types become text.
 */
public final class LateRows {
    /** The column with the name of the operator. */
    public static final String OPERATOR = "operator";
    /** The column with the watermark. */
    public static final String WATERMARK = "watermark";

    private LateRows() {}

    /**
     * The plan with a {@link DivertLateNode} below each operator that refuses late rows; to be made before the optimizer
     * drops the columns nobody reads. {@code UNSUPPORTED_OPERATION} when nothing refuses late rows.
     */
    public static LogicalPlan divert(LogicalPlan plan, OutputMode mode) {
        LogicalPlan diverted = mode == OutputMode.COMPLETE ? plan : plan.transformUp(LateRows::divertBelow);
        if (diverted.equals(plan)) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error(
                    "the query names a sink for late rows, and nothing in it refuses"
                            + " any: that is done by aggregations over watermarked event time, but not in complete mode; leave"
                            + " out lateRows(…), or use withWatermark(…) and group by window(…)");
        }
        return diverted;
    }

    private static LogicalPlan divertBelow(LogicalPlan node) {
        if (!(node instanceof AggregateNode aggregate) || !OutputModes.closesByWatermark(aggregate)) {
            return node;
        }
        Window window = aggregate.window();
        LogicalPlan input = aggregate.input();
        if (window != null) {
            WindowSpec spec = new WindowSpec(window.size(), window.slide(), window.offset());
            return aggregate.withInputs(List.of(new DivertLateNode(input, window.time(), spec)));
        }
        Expression key = aggregate.keys().get(OutputModes.eventTimeKey(aggregate));
        Expression time = key.type().isTimestamp() ? key : FieldAccess.of(key, "end");
        return aggregate.withInputs(List.of(new DivertLateNode(input, time, null)));
    }

    /** The columns of the sink of a plan made by {@link #divert}; {@code BAD_SCHEMA} when a row has one of ours. */
    public static Schema schema(LogicalPlan diverted) {
        Map<String, Field> columns = new LinkedHashMap<>();
        collect(diverted, columns);
        List<Field> fields = new ArrayList<>();
        fields.add(Field.required(OPERATOR, DataType.STRING));
        fields.add(Field.required(WATERMARK, DataType.TIMESTAMP));
        for (String own : List.of(OPERATOR, WATERMARK)) {
            if (columns.containsKey(own)) {
                throw ErrorCode.BAD_SCHEMA.error("rows for the late-row sink have a column '" + own
                        + "' of their own, which is also what the sink adds; rename it with withColumnRenamed(…)");
            }
        }
        fields.addAll(columns.values());
        return new Schema(fields);
    }

    private static void collect(LogicalPlan plan, Map<String, Field> columns) {
        plan.inputs().forEach(input -> collect(input, columns));
        if (plan instanceof DivertLateNode node) {
            for (Field field : node.schema().fields()) {
                String name = field.name().toLowerCase(Locale.ROOT);
                Field known = columns.get(name);
                DataType type = known == null || known.type().equals(field.type()) ? field.type() : DataType.STRING;
                columns.put(name, new Field(known == null ? field.name() : known.name(), type, true));
            }
        }
    }

    /** The columns of the sink behind the first two, over rows of an input. */
    static List<Expression> columns(Schema lateSchema, Schema input) {
        List<Expression> columns = new ArrayList<>();
        for (Field field : lateSchema.fields().subList(2, lateSchema.size())) {
            int index = position(input, field.name());
            if (index < 0) {
                columns.add(Literal.ofNull(field.type()));
                continue;
            }
            Field own = input.field(index);
            InputRef column = new InputRef(index, own.type(), own.nullable());
            columns.add(own.type().equals(field.type()) ? column : Cast.of(column, field.type()));
        }
        return columns;
    }

    /** The first column of a name: a join may have given it to two. */
    private static int position(Schema schema, String name) {
        List<String> names = schema.names();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
