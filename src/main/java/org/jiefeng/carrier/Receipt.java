package org.jiefeng.carrier;

import java.time.Instant;

/**
 * The carrier has taken something on.
 *
 * @param carrierCaseId the carrier's own number for the case
 */
public record Receipt(String carrierCaseId, Instant receivedAt) {}
