package io.rivulet.expression;

import io.rivulet.error.ErrorCode;
import io.rivulet.function.CalledName;
import io.rivulet.function.FunctionRegistry;
import io.rivulet.function.ResolvedFunction;
import io.rivulet.function.TypeCoercion;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rounding of decimals to digits, where the type of the result depends on the number of digits, which must be a constant
 * therefore. {@code ceil} and {@code floor} to digits make decimals of all numbers.
 */
final class DecimalRounding {
    private static final Set<String> ROUND = Set.of("round", "bround");
    private static final Set<String> WHOLE = Set.of("ceil", "ceiling", "floor");

    private DecimalRounding() {}

    /** The call; null for other functions and arguments. {@code BAD_ARGUMENT} when the digits are no constant. */
    static @Nullable Call of(CalledName name, List<Expression> arguments) {
        if (arguments.size() != 2) {
            return null;
        }
        DataType type = arguments.get(0).type();
        boolean rounds = ROUND.contains(name.function()) && type instanceof DecimalType;
        if (!rounds && !WHOLE.contains(name.function())) {
            return null;
        }
        DecimalType decimal = decimal(type);
        if (decimal == null) {
            return null;
        }
        Expression digits = arguments.get(1);
        if (!digits.type().isIntegral() && digits.type() != DataType.NULL) {
            throw ErrorCode.TYPE_MISMATCH.error(name + " takes a number of digits, an INT, not "
                    + digits.type().sql());
        }
        Expression constant =
                Simplifier.simplify(Cast.of(digits, DataType.INT), EvaluationContext.of(EvaluationMode.INTERPRETED));
        if (!(constant instanceof Literal literal)) {
            throw ErrorCode.BAD_ARGUMENT.error("the digits of " + name
                    + " are part of a decimal's type, so they must be a constant, not " + digits
                    + "; cast the decimal to DOUBLE for digits that vary");
        }
        int count = literal.value() instanceof Integer given ? given : 0;
        ResolvedFunction rounding = FunctionRegistry.rounding(name.function(), decimal, count);
        return new Call(
                name.tried() ? rounding.asTry() : rounding, List.of(Cast.of(arguments.get(0), decimal), literal));
    }

    /** The decimal that a number is taken as; approximate ones with half of their digits behind the point. */
    private static @Nullable DecimalType decimal(DataType type) {
        if (type.isIntegral() || type instanceof DecimalType) {
            return TypeCoercion.decimal(type);
        }
        if (type == DataType.NULL) {
            return new DecimalType(1, 0);
        }
        if (type == DataType.FLOAT) {
            return new DecimalType(14, 7);
        }
        return type == DataType.DOUBLE ? new DecimalType(30, 15) : null;
    }
}
