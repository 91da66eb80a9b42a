@NullMarked
package io.rivulet.bench.connector;

import org.jspecify.annotations.NullMarked;
