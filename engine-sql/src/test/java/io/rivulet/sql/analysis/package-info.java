@NullMarked
package io.rivulet.sql.analysis;

import org.jspecify.annotations.NullMarked;
