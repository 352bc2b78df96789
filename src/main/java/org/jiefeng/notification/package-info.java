/** Tells people in time, by mail and in their groups' chats; nothing it does may hold up a case. */
@NullMarked
package org.jiefeng.notification;

import org.jspecify.annotations.NullMarked;
