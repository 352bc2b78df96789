/** The way back: terms, conditions bound to the person, probation with self-checks (R21-R23, R50-R52, R59-R62). */
@NullMarked
package org.jiefeng.reinstatement;

import org.jspecify.annotations.NullMarked;
