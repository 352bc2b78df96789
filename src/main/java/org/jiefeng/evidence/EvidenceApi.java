package org.jiefeng.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.InvalidInputException;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.evidence.ChecklistItem.Settlement;
import org.jiefeng.evidence.EvidenceRound.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Checklist, files, waivers and sealed dossiers of a case over HTTP; the task forms live on it. */
@RestController
@RequestMapping("/api/appeals/{number}")
class EvidenceApi {

    private final CaseAccess access;
    private final EvidenceChecklist checklist;
    private final EvidenceFiles files;
    private final Previews previews;
    private final EvidenceRounds rounds;
    private final CompanyReviews reviews;
    private final DossierService dossiers;
    private final EvidenceProperties limits;
    private final EvidenceTexts texts;

    EvidenceApi(
            CaseAccess access,
            EvidenceChecklist checklist,
            EvidenceFiles files,
            Previews previews,
            EvidenceRounds rounds,
            CompanyReviews reviews,
            DossierService dossiers,
            EvidenceProperties limits,
            EvidenceTexts texts) {
        this.access = access;
        this.checklist = checklist;
        this.files = files;
        this.previews = previews;
        this.rounds = rounds;
        this.reviews = reviews;
        this.dossiers = dossiers;
        this.limits = limits;
        this.texts = texts;
    }

    /**
     * The evidence of a case.
     *
     * @param round number of the round, 0 before the first
     * @param changeable whether the caller may bring and remove files now
     */
    record EvidenceView(
            String appealNumber,
            int round,
            boolean changeable,
            Limits limits,
            List<ItemView> items,
            List<String> missing,
            List<ReviewView> reviews,
            List<DossierView> dossiers) {}

    /** What an upload must keep to, so that a client can say so before sending. */
    record Limits(long maxFileBytes, long maxCaseBytes, int maxFiles, List<String> extensions) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ItemView(
            String code,
            String name,
            String hint,
            EvidenceItemType.How how,
            boolean required,
            boolean takesUploads,
            @Nullable Settlement settledBy,
            ChecklistItem.@Nullable Waiver waiver,
            List<FileView> files) {}

    record FileView(
            String id,
            String item,
            String name,
            String mediaType,
            long size,
            String sha256,
            EvidenceFile.Source source,
            String addedBy,
            Instant addedAt,
            boolean preview,
            boolean removable) {}

    record ReviewView(
            int round, String decision, List<String> reasons, String reason, String reviewer, Instant reviewedAt) {}

    record DossierView(Kind kind, int round, Instant sealedAt, int files, String manifestSha256, String href) {}

    record WaiverRequest(@Nullable String item, @Nullable String reason) {}

    @GetMapping("/evidence")
    EvidenceView list(@PathVariable String number, Authentication user) {
        Appeal appeal = access.readable(number, user);
        EvidenceRound open = rounds.open(number).orElse(null);
        boolean changeable = open != null && appeal.isOpen() && CaseAccess.isApplicant(appeal, user);
        return new EvidenceView(
                number,
                rounds.latest(number, Kind.APPLICATION)
                        .map(EvidenceRound::number)
                        .orElse(0),
                changeable,
                view(limits),
                checklist.items(number).stream()
                        .map(item -> view(item, changeable ? open : null))
                        .toList(),
                checklist.missing(number),
                reviews.of(number).stream().map(this::view).toList(),
                dossiers.of(number).stream().map(EvidenceApi::view).toList());
    }

    static Limits view(EvidenceProperties limits) {
        return new Limits(
                limits.maxFileSize().toBytes(),
                limits.maxCaseSize().toBytes(),
                limits.maxFiles(),
                MediaKind.extensionsOf(limits.kinds()));
    }

    static ItemView view(ChecklistItem item, @Nullable EvidenceRound open) {
        EvidenceItemType type = item.type();
        return new ItemView(
                type.code(),
                type.name(),
                type.hint(),
                type.how(),
                item.required(),
                type.takesUploads(),
                item.settlement().orElse(null),
                item.waiver(),
                item.files().stream().map(file -> view(file, open)).toList());
    }

    static FileView view(EvidenceFile file, @Nullable EvidenceRound open) {
        boolean removable = open != null
                && !file.sealed()
                && file.source() == EvidenceFile.Source.UPLOAD
                && file.roundId() == open.id();
        return new FileView(
                file.id(),
                file.code(),
                file.name(),
                file.mediaType(),
                file.size(),
                file.sha256(),
                file.source(),
                file.addedBy(),
                file.addedAt(),
                Previews.isPossible(file),
                removable);
    }

    private ReviewView view(CompanyReview review) {
        return new ReviewView(
                review.round(),
                review.decision(),
                review.reasonCodes().stream()
                        .map(code -> texts.of("reason." + code))
                        .toList(),
                review.reason(),
                review.reviewer(),
                review.reviewedAt());
    }

    private static DossierView view(Dossier dossier) {
        EvidenceRound round = dossier.round();
        return new DossierView(
                round.kind(),
                round.number(),
                dossier.sealedAt(),
                dossier.entries().size(),
                dossier.manifestSha256(),
                Dossier.link(round));
    }

    /** Takes one file for one item, perhaps in place of another. */
    @PostMapping(path = "/evidence", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<FileView> upload(
            @PathVariable String number,
            @RequestParam String item,
            @RequestParam MultipartFile file,
            @RequestParam(required = false) @Nullable String replaces,
            Authentication user)
            throws IOException {
        requireOpen(access.ofApplicant(number, user));
        String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
        EvidenceFile taken = files.upload(number, item, name, file, replaces, user.getName());
        return ResponseEntity.created(URI.create("/api/appeals/" + number + "/evidence/" + taken.id()))
                .body(view(taken, rounds.open(number).orElse(null)));
    }

    @GetMapping("/evidence/{fileId}")
    void download(
            @PathVariable String number, @PathVariable String fileId, Authentication user, HttpServletResponse response)
            throws IOException {
        access.readable(number, user);
        EvidenceFile file = files.get(number, fileId);
        asAttachment(response, file.name(), file.mediaType());
        response.setContentLengthLong(file.size());
        files.copyTo(file, response.getOutputStream());
    }

    /** The picture, drawn anew and small; the browser that asked may keep it, for a file never changes. */
    @GetMapping("/evidence/{fileId}/preview")
    ResponseEntity<byte[]> preview(@PathVariable String number, @PathVariable String fileId, Authentication user) {
        access.readable(number, user);
        byte[] picture = previews.of(files.get(number, fileId)).orElseThrow(() -> new NotFoundException("No preview"));
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_JPEG)
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePrivate())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .body(picture);
    }

    @DeleteMapping("/evidence/{fileId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String number, @PathVariable String fileId, Authentication user) {
        requireOpen(access.ofApplicant(number, user));
        files.remove(number, fileId, user.getName());
    }

    /** Does without an item in this case; the person and the reason stay on record. */
    @PostMapping("/evidence/waivers")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void waive(@PathVariable String number, @RequestBody WaiverRequest waiver, Authentication user) {
        requireOpen(access.waivable(number, user));
        if (waiver.item() == null) {
            throw new InvalidInputException("item", texts.of("waiver.unknown"));
        }
        checklist.waive(number, waiver.item(), waiver.reason() == null ? "" : waiver.reason(), user.getName());
    }

    /** The sealed dossier of a round as one ZIP. */
    @GetMapping("/dossier/{round}")
    void dossier(
            @PathVariable String number, @PathVariable int round, Authentication user, HttpServletResponse response)
            throws IOException {
        zip(number, Kind.APPLICATION, round, user, response);
    }

    /** What was sealed for a supplement as one ZIP. */
    @GetMapping("/supplement/{round}")
    void supplement(
            @PathVariable String number, @PathVariable int round, Authentication user, HttpServletResponse response)
            throws IOException {
        zip(number, Kind.SUPPLEMENT, round, user, response);
    }

    private void zip(String number, Kind kind, int round, Authentication user, HttpServletResponse response)
            throws IOException {
        access.readable(number, user);
        Dossier dossier = dossiers.get(number, kind, round);
        String name = kind == Kind.APPLICATION ? "" : "-supplement";
        asAttachment(response, number + name + "-" + round + ".zip", "application/zip");
        dossiers.writeZip(dossier, response.getOutputStream());
    }

    /** Never shown in the page: whatever a file holds, the browser only saves it. */
    static void asAttachment(HttpServletResponse response, String name, String mediaType) {
        response.setContentType(mediaType);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name, StandardCharsets.UTF_8)
                        .build()
                        .toString());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
    }

    private void requireOpen(Appeal appeal) {
        if (!appeal.isOpen()) {
            throw new ConflictException(texts.of("closed"));
        }
    }
}
