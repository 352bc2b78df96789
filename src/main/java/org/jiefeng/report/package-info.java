/** The employee's side of a case: the report to the manager, who judges it, its progress, and its withdrawal. */
@NullMarked
package org.jiefeng.report;

import org.jspecify.annotations.NullMarked;
