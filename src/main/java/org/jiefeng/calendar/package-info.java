/** Working days with holidays and make-up days, and the moments at which things are due; knows no other room. */
@NullMarked
package org.jiefeng.calendar;

import org.jspecify.annotations.NullMarked;
