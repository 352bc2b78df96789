/** Suspension notices: what the carrier or the company told, whether it is complete, and the case it opens. */
@NullMarked
package org.jiefeng.suspension;

import org.jspecify.annotations.NullMarked;
