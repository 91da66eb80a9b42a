@NullMarked
package io.rivulet.sql.parser;

import org.jspecify.annotations.NullMarked;
