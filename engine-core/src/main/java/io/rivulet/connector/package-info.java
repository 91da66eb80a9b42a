/**
 * What a connector implements. Read {@link io.rivulet.connector.Source} and {@link io.rivulet.connector.Sink}, then {@link io.rivulet.connector.ConnectorProvider}.
 */
@NullMarked
package io.rivulet.connector;

import org.jspecify.annotations.NullMarked;
