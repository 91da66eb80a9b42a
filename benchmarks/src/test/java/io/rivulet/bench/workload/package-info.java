@NullMarked
package io.rivulet.bench.workload;

import org.jspecify.annotations.NullMarked;
