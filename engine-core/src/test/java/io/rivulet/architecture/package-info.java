/** The rules of the house that every module's {@code ArchitectureTest} applies to its own classes. */
@NullMarked
package io.rivulet.architecture;

import org.jspecify.annotations.NullMarked;
