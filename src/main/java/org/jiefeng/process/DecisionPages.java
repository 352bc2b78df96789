package org.jiefeng.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jiefeng.appeal.ConflictException;
import org.jiefeng.appeal.InvalidInputException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where process owners fetch a decision file for Camunda Modeler and bring the changed one back. */
@Controller
@PreAuthorize("hasAuthority('process-owners')")
class DecisionPages {

    private static final int LARGEST_FILE = 1024 * 1024;

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"));

    private final DecisionRevisions revisions;
    private final Locale locale;

    DecisionPages(DecisionRevisions revisions, Locale deploymentLocale) {
        this.revisions = revisions;
        this.locale = deploymentLocale;
    }

    @GetMapping("/decisions")
    String decisions(Model model) {
        model.addAttribute("files", revisions.inForce());
        model.addAttribute("shown", SHOWN);
        model.addAttribute("language", locale.getLanguage());
        return "decisions";
    }

    @GetMapping("/decisions/{file}")
    ResponseEntity<byte[]> download(@PathVariable String file) {
        byte[] content;
        try {
            content = revisions.content(file);
        } catch (InvalidInputException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, file, e);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_XML)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(content);
    }

    @PostMapping("/decisions")
    String revise(
            @RequestParam MultipartFile file, @RequestParam String reason, Principal user, RedirectAttributes answer)
            throws IOException {
        try {
            if (file.getSize() > LARGEST_FILE) {
                throw new ResponseStatusException(HttpStatus.PAYLOAD_TOO_LARGE);
            }
            answer.addFlashAttribute("taken", revisions.revise(file.getBytes(), reason, user.getName()));
        } catch (InvalidInputException e) {
            answer.addFlashAttribute("refused", e.problems().get(0).reason());
        } catch (ConflictException e) {
            answer.addFlashAttribute("refused", e.getMessage());
        }
        return "redirect:/decisions";
    }
}
