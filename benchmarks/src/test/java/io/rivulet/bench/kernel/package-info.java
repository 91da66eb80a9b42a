@NullMarked
package io.rivulet.bench.kernel;

import org.jspecify.annotations.NullMarked;
