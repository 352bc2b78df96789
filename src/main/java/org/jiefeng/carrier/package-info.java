/** The way to the carrier and back: submissions, contacts, and every answer exactly once (docs/carrier-api.yaml). */
@NullMarked
package org.jiefeng.carrier;

import org.jspecify.annotations.NullMarked;
