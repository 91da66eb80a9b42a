@NullMarked
package io.rivulet.sql.optimizer;

import org.jspecify.annotations.NullMarked;
