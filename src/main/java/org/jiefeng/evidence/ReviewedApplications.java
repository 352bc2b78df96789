package org.jiefeng.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.jiefeng.evidence.ApplicationChanges.Brought;
import org.jiefeng.evidence.ApplicationChanges.Seen;
import org.jiefeng.evidence.ApplicationChanges.SeenMeasure;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what the company looked at when it judged, and says what is different now (R57). */
@Component
class ReviewedApplications {

    private final JdbcClient jdbc;
    private final ApplicationService applications;
    private final EvidenceFiles files;
    private final EvidenceCatalogue catalogue;
    private final ObjectMapper json;

    ReviewedApplications(
            JdbcClient jdbc,
            ApplicationService applications,
            EvidenceFiles files,
            EvidenceCatalogue catalogue,
            ObjectMapper json) {
        this.jdbc = jdbc;
        this.applications = applications;
        this.files = files;
        this.catalogue = catalogue;
        this.json = json;
    }

    /** Keeps the application as it stands for a judgement that was just recorded. */
    @Transactional
    void keep(String appealNumber, long reviewId) {
        try {
            jdbc.sql("insert into reviewed_application (review_id, content) values (:review, :content)")
                    .param("review", reviewId)
                    .param("content", json.writeValueAsString(seen(appealNumber)))
                    .update();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is different since the last judgement; empty before the first. */
    Optional<ApplicationChanges> changes(String appealNumber) {
        return jdbc.sql("""
                        select a.content from reviewed_application a join company_review r on r.id = a.review_id
                        where r.appeal_number = :appeal
                        order by r.id desc
                        fetch first 1 row only
                        """)
                .param("appeal", appealNumber)
                .query(String.class)
                .optional()
                .map(before -> ApplicationChanges.between(read(before), seen(appealNumber)));
    }

    private Seen read(String content) {
        try {
            return json.readValue(content, Seen.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Only what people brought: our own extracts are drawn anew each round. */
    private Seen seen(String appealNumber) {
        Application application = applications.current(appealNumber);
        return new Seen(
                application.problem(),
                application.rootCause(),
                application.doneNow(),
                application.prevention(),
                application.measures().stream()
                        .map(measure -> new SeenMeasure(
                                measure.kind(),
                                measure.description(),
                                measure.owner(),
                                measure.dueOn() == null ? "" : measure.dueOn().toString(),
                                measure.howMeasured()))
                        .toList(),
                files.of(appealNumber).stream()
                        .filter(file -> file.source() == EvidenceFile.Source.UPLOAD)
                        .map(file -> new Brought(
                                file.id(),
                                catalogue
                                        .find(file.code())
                                        .map(EvidenceItemType::name)
                                        .orElse(file.code()),
                                file.name()))
                        .toList());
    }
}
