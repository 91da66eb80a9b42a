/** Operators without state between rows: filter, project, union, observation of event time. */
@NullMarked
package io.rivulet.operator.project;

import org.jspecify.annotations.NullMarked;
