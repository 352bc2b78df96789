package org.jiefeng.carrier;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The contact log of a case over HTTP, for those who talk to carriers. */
@RestController
@RequestMapping("/api/appeals/{number}/contacts")
@PreAuthorize(CarrierAccess.DESK)
class ContactApi {

    private final CarrierContacts contacts;
    private final CarrierAccess access;

    ContactApi(CarrierContacts contacts, CarrierAccess access) {
        this.contacts = contacts;
        this.access = access;
    }

    @GetMapping
    List<RecordedContact> list(@PathVariable String number) {
        access.readable(number);
        return contacts.of(number);
    }

    /** Keeps a contact; the fields are those of form {@code contact-carrier}. */
    @PostMapping
    ResponseEntity<Map<String, Long>> record(
            @PathVariable String number, @RequestBody Map<String, String> fields, Authentication user) {
        access.writable(number, user);
        long id = contacts.record(number, user.getName(), fields);
        return ResponseEntity.created(URI.create("/api/appeals/" + number + "/contacts"))
                .body(Map.of("id", id));
    }
}
