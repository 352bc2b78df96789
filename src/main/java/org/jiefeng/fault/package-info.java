/** Whose fault a suspension was: found by the manager, answered by the employee, reviewed by somebody else on dispute. */
@NullMarked
package org.jiefeng.fault;

import org.jspecify.annotations.NullMarked;
