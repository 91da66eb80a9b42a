@NullMarked
package io.rivulet;

import org.jspecify.annotations.NullMarked;
