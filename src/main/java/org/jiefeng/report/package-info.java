/** The employee's side of a case: the report to the manager, who judges it, its progress, its withdrawal, and a second chance when it has
 * ended. */
@NullMarked
package org.jiefeng.report;

import org.jspecify.annotations.NullMarked;
