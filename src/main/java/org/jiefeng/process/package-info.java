/** The engine: keys, messages, typed variables, forms, start and correlate, deployment and configuration. */
@NullMarked
package org.jiefeng.process;

import org.jspecify.annotations.NullMarked;
