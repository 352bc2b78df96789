/** Jiefeng 解封: brings a suspended telesales card account back into service, and keeps it there. */
@NullMarked
package org.jiefeng;

import org.jspecify.annotations.NullMarked;
