package org.jiefeng.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jiefeng.appeal.LegalPapers;
import org.jiefeng.appeal.ReceiptFiles;
import org.jiefeng.calendar.WorkingCalendar;
import org.springframework.stereotype.Component;

/** Hands the sealed papers of a case to whoever prepares a legal file: without papers of persons, unless asked for whole. */
@Component
class SealedForLawyers implements LegalPapers {

    private final DossierService dossiers;
    private final EvidenceFiles files;
    private final StoredReceipts receipts;
    private final EvidenceCatalogue catalogue;

    SealedForLawyers(
            DossierService dossiers, EvidenceFiles files, StoredReceipts receipts, EvidenceCatalogue catalogue) {
        this.dossiers = dossiers;
        this.files = files;
        this.receipts = receipts;
        this.catalogue = catalogue;
    }

    @Override
    public List<String> addTo(ZipOutputStream zip, String appealNumber, boolean whole) throws IOException {
        List<String> leftOut = new ArrayList<>();
        Set<String> personal = catalogue.all().stream()
                .filter(type -> type.retention() != EvidenceItemType.Retention.CASE)
                .map(EvidenceItemType::code)
                .collect(Collectors.toSet());
        for (Dossier dossier : dossiers.of(appealNumber)) {
            String folder = "%s-%d/"
                    .formatted(
                            dossier.round().kind().name().toLowerCase(Locale.ROOT),
                            dossier.round().number());
            open(zip, folder + "manifest.txt", dossier.sealedAt());
            zip.write(dossier.manifest().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            for (Dossier.Entry entry : dossier.entries()) {
                if (!whole && personal.contains(entry.file().code())) {
                    leftOut.add(folder + entry.path());
                    continue;
                }
                open(zip, folder + entry.path(), entry.file().addedAt());
                files.copyTo(entry.file(), zip);
                zip.closeEntry();
            }
        }
        int number = 0;
        for (ReceiptFiles.Receipt receipt : receipts.of(appealNumber)) {
            open(zip, "receipts/%02d %s".formatted(++number, receipt.name()), receipt.addedAt());
            receipts.copyTo(receipt, zip);
            zip.closeEntry();
        }
        return leftOut;
    }

    private static void open(ZipOutputStream zip, String path, Instant time) throws IOException {
        ZipEntry entry = new ZipEntry(path);
        entry.setTimeLocal(time.atZone(WorkingCalendar.ZONE).toLocalDateTime());
        zip.putNextEntry(entry);
    }
}
