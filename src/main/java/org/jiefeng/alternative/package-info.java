/** When the account cannot be restored: resubmission, regulator, replacement card, legal advice (R41-R43). */
@NullMarked
package org.jiefeng.alternative;

import org.jspecify.annotations.NullMarked;
