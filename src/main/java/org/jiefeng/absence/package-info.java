/** Who is away and who stands in: absences and their deputies, and tasks that get into other hands. */
@NullMarked
package org.jiefeng.absence;

import org.jspecify.annotations.NullMarked;
