/** Calls, consents, refusals and complaints, and what is done before the carrier acts (R5, R28, R31-R36, R75). */
@NullMarked
package org.jiefeng.calling;

import org.jspecify.annotations.NullMarked;
