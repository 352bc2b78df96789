package org.jiefeng.carrier.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import org.jiefeng.account.Carrier;
import org.jiefeng.carrier.AppealKey;
import org.jiefeng.carrier.CarrierJson;
import org.jiefeng.carrier.CarrierProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The interface of the simulated carrier, by docs/carrier-api.yaml; the API key tells which carrier it is. */
@RestController
@RequestMapping("/simulator/carrier")
@ConditionalOnProperty("jiefeng.simulator.enabled")
class SimulatedInterface {

    private static final String KEY = "[A-Za-z0-9:._-]{3,80}";

    private final SimulatorBooks books;
    private final SimulatorFaults faults;
    private final CarrierProperties carriers;

    SimulatedInterface(SimulatorBooks books, SimulatorFaults faults, CarrierProperties carriers) {
        this.books = books;
        this.faults = faults;
        this.carriers = carriers;
    }

    record ReceiptBody(String appealKey, String carrierCaseId, Instant receivedAt) {}

    record StatusBody(
            String appealKey,
            String carrierCaseId,
            Instant receivedAt,
            String state,

            @com.fasterxml.jackson.annotation.JsonInclude(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL)
            @org.jspecify.annotations.Nullable
            String decision) {}

    record FilesBody(String appealKey, String sha256, long bytes, String contentSha256, Instant receivedAt) {}

    record RefusalBody(String code, String text) {}

    @PostMapping("/appeals")
    ResponseEntity<?> submit(
            @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
            @RequestHeader(name = "Idempotency-Key", defaultValue = "") String key,
            @RequestBody String body) {
        Optional<Carrier> carrier = carrier(authorization);
        if (carrier.isEmpty()) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        Optional<SimulatedCase> known = books.find(carrier.get(), key);
        if (known.isEmpty()) {
            if (books.setting().refuseAppeals()) {
                return refusal(HttpStatus.UNPROCESSABLE_ENTITY, "INTERFACE_CLOSED", "Please use portal or hotline");
            }
            if (AppealKey.parse(key).isEmpty() || !isAppeal(body)) {
                return refusal(HttpStatus.UNPROCESSABLE_ENTITY, "NOT_READABLE", "Not an appeal by the contract");
            }
            try {
                known = Optional.of(books.take(carrier.get(), key, body));
            } catch (DuplicateKeyException e) {
                known = books.find(carrier.get(), key);
            }
        }
        return known.filter(appeal -> appeal.body().equals(body))
                .<ResponseEntity<?>>map(appeal -> receipt(appeal.key(), appeal.caseId(), appeal.receivedAt()))
                .orElseGet(SimulatedInterface::otherBody);
    }

    private static boolean isAppeal(String body) {
        try {
            SimulatedCase.Appeal appeal = CarrierJson.MAPPER.readValue(body, SimulatedCase.Appeal.class);
            return appeal != null && appeal.isComplete();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    @GetMapping("/appeals/{key}")
    ResponseEntity<?> find(
            @RequestHeader(name = "Authorization", defaultValue = "") String authorization, @PathVariable String key) {
        Optional<Carrier> carrier = carrier(authorization);
        if (carrier.isEmpty()) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        return books.find(carrier.get(), key)
                .<ResponseEntity<?>>map(appeal -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(new StatusBody(
                                appeal.key(),
                                appeal.caseId(),
                                appeal.receivedAt(),
                                appeal.state().name(),
                                appeal.decision())))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    @PostMapping("/appeals/{key}/supplements")
    ResponseEntity<?> supplement(
            @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
            @RequestHeader(name = "Idempotency-Key", defaultValue = "") String supplementKey,
            @PathVariable String key,
            @RequestBody String body) {
        Optional<Carrier> carrier = carrier(authorization);
        if (carrier.isEmpty()) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        Optional<SimulatedCase> appeal = books.find(carrier.get(), key);
        if (appeal.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        Optional<SimulatorBooks.SimulatedSupplement> known = books.findSupplement(supplementKey);
        if (known.isEmpty()) {
            if (!supplementKey.matches(KEY) || !isSupplement(body)) {
                return refusal(HttpStatus.UNPROCESSABLE_ENTITY, "NOT_READABLE", "Not a supplement by the contract");
            }
            if (!appeal.get().isOpen()) {
                return refusal(HttpStatus.UNPROCESSABLE_ENTITY, "ALREADY_DECIDED", "The appeal is decided");
            }
            try {
                known = Optional.of(books.takeSupplement(appeal.get(), supplementKey, body));
            } catch (DuplicateKeyException e) {
                known = books.findSupplement(supplementKey);
            }
        }
        return known.filter(supplement -> supplement.body().equals(body))
                .<ResponseEntity<?>>map(supplement -> receipt(key, supplement.caseId(), supplement.receivedAt()))
                .orElseGet(SimulatedInterface::otherBody);
    }

    private static boolean isSupplement(String body) {
        try {
            SimulatedCase.Supplement supplement = CarrierJson.MAPPER.readValue(body, SimulatedCase.Supplement.class);
            return supplement != null
                    && supplement.dossier() != null
                    && supplement.dossier().isComplete();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Everything said about an appeal so far, as the webhooks say it. */
    @GetMapping("/appeals/{key}/events")
    ResponseEntity<?> events(
            @RequestHeader(name = "Authorization", defaultValue = "") String authorization, @PathVariable String key) {
        Optional<Carrier> carrier = carrier(authorization);
        if (carrier.isEmpty()) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        if (books.find(carrier.get(), key).isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"events\":[" + String.join(",", books.payloads(key)) + "]}");
    }

    @GetMapping("/appeals/{key}/files/{sha256}")
    ResponseEntity<?> files(
            @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
            @PathVariable String key,
            @PathVariable String sha256) {
        Optional<Carrier> carrier = carrier(authorization);
        if (carrier.isEmpty()) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        return books.find(carrier.get(), key)
                .flatMap(appeal -> books.files(key, sha256))
                .<ResponseEntity<?>>map(files -> filesReceipt(HttpStatus.OK, key, files))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    /** Takes sealed files on; what is not what the manifest says is not kept. */
    @PutMapping("/appeals/{key}/files/{sha256}")
    ResponseEntity<?> takeFiles(
            @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
            @PathVariable String key,
            @PathVariable String sha256,
            InputStream content)
            throws IOException {
        Optional<Carrier> carrier = carrier(authorization);
        if (carrier.isEmpty()) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        if (books.find(carrier.get(), key).isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        if (books.setting().refuseFiles()) {
            return refusal(HttpStatus.UNPROCESSABLE_ENTITY, "FILES_NOT_TAKEN", "Please use portal or hotline");
        }
        Optional<ReceivedFiles> received = ReceivedFiles.read(content, sha256);
        if (received.isEmpty()) {
            return refusal(HttpStatus.UNPROCESSABLE_ENTITY, "FILES_DIFFER", "Not the files of this manifest");
        }
        try {
            books.keep(key, sha256, received.get());
        } catch (DuplicateKeyException e) {
            // the same files, twice at once
        }
        return filesReceipt(HttpStatus.CREATED, key, books.files(key, sha256).orElseThrow());
    }

    /** Where a redirect leads that nobody must follow. */
    @GetMapping("/canary")
    ResponseEntity<?> canary() {
        faults.canary();
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<FilesBody> filesReceipt(
            HttpStatus status, String key, SimulatorBooks.FilesReceipt files) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new FilesBody(key, files.sha256(), files.bytes(), files.contentSha256(), files.receivedAt()));
    }

    private Optional<Carrier> carrier(String authorization) {
        byte[] given = authorization.getBytes(StandardCharsets.UTF_8);
        return carriers.channels().entrySet().stream()
                .filter(channel -> MessageDigest.isEqual(
                        ("Bearer " + channel.getValue().apiKey()).getBytes(StandardCharsets.UTF_8), given))
                .map(java.util.Map.Entry::getKey)
                .findFirst();
    }

    private static ResponseEntity<ReceiptBody> receipt(String key, String caseId, Instant receivedAt) {
        return ResponseEntity.accepted()
                .contentType(MediaType.APPLICATION_JSON)
                .body(new ReceiptBody(key, caseId, receivedAt));
    }

    private static ResponseEntity<?> otherBody() {
        return refusal(HttpStatus.CONFLICT, "KEY_USED", "This key was used for another body");
    }

    private static ResponseEntity<?> refusal(HttpStatus status, String code, String text) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new RefusalBody(code, text));
    }
}
