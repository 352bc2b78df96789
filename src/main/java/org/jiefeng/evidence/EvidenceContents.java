package org.jiefeng.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.springframework.core.io.InputStreamSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What the files of a case contain: each content stands here once, for as long as a file of the case has it. */
@Component
class EvidenceContents {

    static final int PIECE = 256 * 1024;

    private final JdbcClient jdbc;

    EvidenceContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a content unless the case has it already; the file that uses it is recorded in the same transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    void keep(String appealNumber, String sha256, InputStreamSource content) throws IOException {
        hold(appealNumber);
        boolean known =
                jdbc.sql("select count(*) from evidence_content where appeal_number = :appeal and sha256 = :sha256")
                                .param("appeal", appealNumber)
                                .param("sha256", sha256)
                                .query(Long.class)
                                .single()
                        > 0;
        if (known) {
            return;
        }
        jdbc.sql("insert into evidence_content (appeal_number, sha256) values (:appeal, :sha256)")
                .param("appeal", appealNumber)
                .param("sha256", sha256)
                .update();
        try (InputStream in = content.getInputStream()) {
            byte[] piece;
            for (int seq = 0; (piece = in.readNBytes(PIECE)).length > 0; seq++) {
                jdbc.sql("""
                                insert into evidence_piece (appeal_number, sha256, seq, content)
                                values (:appeal, :sha256, :seq, :content)
                                """)
                        .param("appeal", appealNumber)
                        .param("sha256", sha256)
                        .param("seq", seq)
                        .param("content", piece)
                        .update();
            }
        }
    }

    /** Writes a content, one piece in memory at a time. */
    void copyTo(String appealNumber, String sha256, OutputStream out) throws IOException {
        byte[] piece;
        for (int seq = 0; (piece = piece(appealNumber, sha256, seq)).length > 0; seq++) {
            out.write(piece);
        }
    }

    /** Bytes of all files of a case, evidence and receipts, as people count them: each file for itself. */
    long stored(String appealNumber) {
        return jdbc.sql("""
                        select coalesce(sum(size_bytes), 0) from (
                            select size_bytes from evidence_file where appeal_number = :appeal
                            union all
                            select size_bytes from receipt_file where appeal_number = :appeal) files
                        """).param("appeal", appealNumber).query(Long.class).single();
    }

    /** Drops a content that no file of the case has any more. */
    @Transactional(propagation = Propagation.MANDATORY)
    void dropUnused(String appealNumber, String sha256) {
        hold(appealNumber);
        for (String table : new String[] {"evidence_piece", "evidence_content"}) {
            jdbc.sql("""
                            delete from %s where appeal_number = :appeal and sha256 = :sha256
                              and not exists (
                                select 1 from evidence_file f where f.appeal_number = :appeal and f.sha256 = :sha256)
                              and not exists (
                                select 1 from receipt_file r where r.appeal_number = :appeal and r.sha256 = :sha256)
                            """.formatted(table))
                    .param("appeal", appealNumber)
                    .param("sha256", sha256)
                    .update();
        }
    }

    /** The content's piece of this number; empty behind the last. */
    byte[] piece(String appealNumber, String sha256, int seq) {
        return jdbc.sql("""
                        select content from evidence_piece
                        where appeal_number = :appeal and sha256 = :sha256 and seq = :seq
                        """)
                .param("appeal", appealNumber)
                .param("sha256", sha256)
                .param("seq", seq)
                .query((row, n) -> row.getBytes(1))
                .optional()
                .orElse(new byte[0]);
    }

    /**
     * Two rounds of a case can be changed at once; what one stops using must not vanish while the other begins to. All
     * hold the case's first round here, on top of their own, so that nobody waits in a circle.
     */
    private void hold(String appealNumber) {
        jdbc.sql("""
                        select id from evidence_round
                        where id = (select min(id) from evidence_round where appeal_number = :appeal)
                        for update
                        """).param("appeal", appealNumber).query(Long.class).list();
    }
}
