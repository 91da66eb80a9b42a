/**
 * Event time: watermarks, windows, clocks. All time arithmetic lives here.
 */
@NullMarked
package io.rivulet.time;

import org.jspecify.annotations.NullMarked;
