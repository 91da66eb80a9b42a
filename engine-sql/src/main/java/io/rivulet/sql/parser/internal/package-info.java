/** What ANTLR generates from {@code RivuletSql.g4}; only the parser package uses it. */
package io.rivulet.sql.parser.internal;
