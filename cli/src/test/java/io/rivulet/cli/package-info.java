/** Tests of the command line, and of what the source tree says about itself: README, reference pages, source rules. */
@NullMarked
package io.rivulet.cli;

import org.jspecify.annotations.NullMarked;
