package org.jiefeng.calling;

import org.jspecify.annotations.Nullable;

/**
 * A call that somebody wants to make now.
 *
 * @param caller number of the card it would go out on
 * @param callee number to be called
 * @param employee user id of whoever sits at the dialler, where the dialler knows
 * @param script code of the script to be used, where the conditions ask for a filed one
 * @param sameRegion whether both numbers belong to one region, where the conditions ask for it
 */
record CallRequest(
        @Nullable String caller,
        @Nullable String callee,
        @Nullable String employee,
        @Nullable String script,
        @Nullable Boolean sameRegion) {}
