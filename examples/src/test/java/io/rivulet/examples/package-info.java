/** The examples' answers, checked. */
@NullMarked
package io.rivulet.examples;

import org.jspecify.annotations.NullMarked;
