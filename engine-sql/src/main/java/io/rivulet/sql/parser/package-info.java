/**
 * SQL text to unresolved expressions, types and schemas: {@link io.rivulet.sql.parser.SqlParser}. The grammar is
 * {@code RivuletSql.g4}; ANTLR is loaded with the first text that is parsed, so a program without SQL text never pays for it.
 */
@NullMarked
package io.rivulet.sql.parser;

import org.jspecify.annotations.NullMarked;
