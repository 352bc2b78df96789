/** The carrier's interface over HTTP, behind {@link org.jiefeng.carrier.CarrierGateway}. */
@NullMarked
package org.jiefeng.carrier.http;

import org.jspecify.annotations.NullMarked;
