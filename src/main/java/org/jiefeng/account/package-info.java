/** Employees, departments, deputies, cards and who used which card when; knows no other feature. */
@NullMarked
package org.jiefeng.account;

import org.jspecify.annotations.NullMarked;
