/**
 * The tables that carry every stateful operator, and where they are kept between batches. Read
 * {@link io.rivulet.state.StateTable}, then {@link io.rivulet.state.TableBucket}, then
 * {@link io.rivulet.state.StateStore}.
 */
@NullMarked
package io.rivulet.state;

import org.jspecify.annotations.NullMarked;
