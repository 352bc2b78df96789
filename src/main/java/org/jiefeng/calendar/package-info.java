/** Working days with holidays and make-up days, and the moments at which things are due; of other rooms only the refusals. */
@NullMarked
package org.jiefeng.calendar;

import org.jspecify.annotations.NullMarked;
