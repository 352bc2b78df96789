/** The far side of the demo: a carrier played by a person or by itself, reached over real HTTP only. */
@NullMarked
package org.jiefeng.carrier.simulator;

import org.jspecify.annotations.NullMarked;
