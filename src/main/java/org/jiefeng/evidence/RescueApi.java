package org.jiefeng.evidence;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.evidence.EvidenceRound.Kind;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Where the head of the department brings recordings before the call platform deletes them. */
@RestController
@RequestMapping("/api/appeals/{number}/rescue")
class RescueApi {

    private final CaseAccess access;
    private final EvidenceCatalogue catalogue;
    private final EvidenceFiles files;
    private final EvidenceRounds rounds;
    private final RecordingRescue rescue;
    private final EvidenceProperties limits;

    RescueApi(
            CaseAccess access,
            EvidenceCatalogue catalogue,
            EvidenceFiles files,
            EvidenceRounds rounds,
            RecordingRescue rescue,
            EvidenceProperties limits) {
        this.access = access;
        this.catalogue = catalogue;
        this.files = files;
        this.rounds = rounds;
        this.rescue = rescue;
        this.limits = limits;
    }

    /** What was saved so far, by the kinds of recording that may be brought. */
    record RescueView(boolean changeable, EvidenceApi.Limits limits, List<EvidenceApi.ItemView> items) {}

    @GetMapping
    RescueView list(@PathVariable String number, Authentication user) {
        access.rescuable(number, user);
        EvidenceRound round = rounds.latest(number, Kind.RESCUE)
                .orElseThrow(() -> new NotFoundException("No rescue of recordings in " + number));
        EvidenceRound open = round.isOpen() ? round : null;
        Map<String, List<EvidenceFile>> saved =
                rescue.files(round).stream().collect(Collectors.groupingBy(EvidenceFile::code));
        return new RescueView(
                round.isOpen(),
                EvidenceApi.view(limits),
                catalogue.all().stream()
                        .filter(EvidenceItemType::isRecording)
                        .map(type -> new ChecklistItem(
                                type, false, saved.getOrDefault(type.code(), List.of()), false, null, null))
                        .map(item -> EvidenceApi.view(item, open))
                        .toList());
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<EvidenceApi.FileView> upload(
            @PathVariable String number,
            @RequestParam String item,
            @RequestParam MultipartFile file,
            Authentication user)
            throws IOException {
        access.rescuable(number, user);
        String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
        EvidenceFile taken = files.rescue(number, item, name, file, user.getName());
        return ResponseEntity.created(URI.create("/api/appeals/" + number + "/evidence/" + taken.id()))
                .body(EvidenceApi.view(taken, rounds.latest(number, Kind.RESCUE).orElse(null)));
    }

    @DeleteMapping("/{fileId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String number, @PathVariable String fileId, Authentication user) {
        access.rescuable(number, user);
        files.removeRescued(number, fileId, user.getName());
    }
}
