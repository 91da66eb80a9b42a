/**
 * File access with fault points: {@link io.rivulet.file.FileAccess}.
 */
@NullMarked
package io.rivulet.file;

import org.jspecify.annotations.NullMarked;
