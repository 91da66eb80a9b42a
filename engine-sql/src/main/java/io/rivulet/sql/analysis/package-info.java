/**
 * From what somebody wrote to what it means: {@link io.rivulet.sql.analysis.Analyser} looks up columns, functions and
 * types, finds the aggregates in expressions, and refuses what cannot be, at once and by name. The DataFrame API calls it
 * operation by operation.
 */
@NullMarked
package io.rivulet.sql.analysis;

import org.jspecify.annotations.NullMarked;
