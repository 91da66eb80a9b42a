/**
 * What runs in a task: a chain of operators that push column batches to the next. Read
 * {@link io.rivulet.operator.Operator} first. Operators know no plans, files or threads.
 */
@NullMarked
package io.rivulet.operator;

import org.jspecify.annotations.NullMarked;
