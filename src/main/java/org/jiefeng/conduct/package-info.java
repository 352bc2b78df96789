/** What stays with a person, for that person to read and for those who answer for it: warnings and recognition. */
@NullMarked
package org.jiefeng.conduct;

import org.jspecify.annotations.NullMarked;
