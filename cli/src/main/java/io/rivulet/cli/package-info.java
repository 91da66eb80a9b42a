/**
 * The verbs of {@code ./rivulet}. Read {@link io.rivulet.cli.Rivulet} first; each verb is one command class, and what
 * it prints about running queries comes from {@link io.rivulet.cli.ProgressLine}.
 */
@NullMarked
package io.rivulet.cli;

import org.jspecify.annotations.NullMarked;
