/**
 * Plans that give the same rows for less work. {@link io.rivulet.sql.optimizer.Optimizer} applies the rules; a new rule
 * is one class, its test, and its line there.
 */
@NullMarked
package io.rivulet.sql.optimizer;

import org.jspecify.annotations.NullMarked;
