/**
 * Snapshots: {@link io.rivulet.state.local.snapshot.FuzzySnapshot} copies tables while they go on changing,
 * {@link io.rivulet.state.local.snapshot.SnapshotReader} reads them back.
 */
@NullMarked
package io.rivulet.state.local.snapshot;

import org.jspecify.annotations.NullMarked;
