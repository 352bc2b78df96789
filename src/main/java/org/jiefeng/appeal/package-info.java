/** The case itself: number, stage, outcome, repeat count, case sheet and timeline; knows no other feature. */
@NullMarked
package org.jiefeng.appeal;

import org.jspecify.annotations.NullMarked;
