package org.jiefeng.carrier;

import java.util.Optional;
import org.jiefeng.account.Carrier;

/**
 * A carrier's interface. Every call may be repeated: the key tells the carrier that it is the same one.
 *
 * <p>Anything but a clear answer is an exception, whereupon the engine tries again.
 */
public interface CarrierGateway {

    /** Whether the carrier has this appeal, asked before it is sent (again). */
    Optional<Receipt> find(Carrier carrier, String appealKey);

    /**
     * Hands in an appeal.
     *
     * @throws SubmissionRefusedException when the carrier does not take it on
     */
    Receipt submit(Carrier carrier, String appealKey, String body);

    /**
     * Hands in what the carrier asked for.
     *
     * @throws SubmissionRefusedException when the carrier does not take it on
     */
    Receipt supplement(Carrier carrier, String appealKey, String supplementKey, String body);
}
