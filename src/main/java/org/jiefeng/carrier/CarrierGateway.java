package org.jiefeng.carrier;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jiefeng.account.Carrier;

/**
 * A carrier's interface. Every call may be repeated: the key tells the carrier that it is the same one.
 *
 * <p>Anything but a clear answer is an exception, whereupon the engine tries again; a {@link CarrierBusyException} says
 * when.
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

    /** Everything the carrier has answered so far, in its order; valid by the contract and about this appeal. */
    List<CarrierEvent> answers(Carrier carrier, String appealKey);

    /** Whether this carrier takes files through its interface. */
    boolean takesFiles(Carrier carrier);

    /**
     * Hands over sealed files as one ZIP, unless the carrier has them.
     *
     * @param sha256 of the manifest, which names every file with its own
     * @throws SubmissionRefusedException when the carrier does not take them
     */
    void handOver(Carrier carrier, String appealKey, String sha256, Content content);

    /** Writes the ZIP; called on another thread, and again when the sending is repeated. */
    @FunctionalInterface
    interface Content {

        void writeTo(OutputStream out) throws IOException;
    }
}
