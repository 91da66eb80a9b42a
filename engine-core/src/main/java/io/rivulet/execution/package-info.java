/**
 * Runs a stage graph once: tasks, exchanges, threads. Read {@link io.rivulet.execution.GraphRunner} first.
 */
@NullMarked
package io.rivulet.execution;

import org.jspecify.annotations.NullMarked;
