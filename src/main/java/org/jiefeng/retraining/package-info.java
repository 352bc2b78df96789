/** Courses, drills, exams and certificates: calling reopens only after them (R24, R26, R59, R63, R72, R73). */
@NullMarked
package org.jiefeng.retraining;

import org.jspecify.annotations.NullMarked;
