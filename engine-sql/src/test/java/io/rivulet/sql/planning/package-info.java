@NullMarked
package io.rivulet.sql.planning;

import org.jspecify.annotations.NullMarked;
