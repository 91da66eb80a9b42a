package io.rivulet.function;

import io.rivulet.type.SimpleType;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The SQL type of a parameter, or (on a method) of the result, when it is not the one its Java type stands for. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER})
public @interface As {
    /** The type; its physical form must be the Java type's. */
    SimpleType value();
}
