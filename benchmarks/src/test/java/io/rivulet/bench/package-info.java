@NullMarked
package io.rivulet.bench;

import org.jspecify.annotations.NullMarked;
