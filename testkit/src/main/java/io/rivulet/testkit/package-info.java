/**
 * What tests of streaming queries need: {@link io.rivulet.testkit.FaultyFileAccess} breaks file calls and loses power.
 */
@NullMarked
package io.rivulet.testkit;

import org.jspecify.annotations.NullMarked;
