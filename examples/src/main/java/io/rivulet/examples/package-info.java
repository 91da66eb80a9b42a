/** Jobs on real data, written against the public API only. Read {@link io.rivulet.examples.FlightDelays} first. */
@NullMarked
package io.rivulet.examples;

import org.jspecify.annotations.NullMarked;
