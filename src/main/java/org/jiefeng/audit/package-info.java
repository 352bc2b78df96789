/** For those who look into cases without working on them: what happened, who saw what, and what it comes to. */
@NullMarked
package org.jiefeng.audit;

import org.jspecify.annotations.NullMarked;
