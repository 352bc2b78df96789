package org.jiefeng.appeal;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records a feature holds anyway that belong to the evidence of a case, such as calls, complaints, consents or courses.
 *
 * <p>Every bean of this type is asked when the evidence is gathered. It stands here because features do not know each
 * other: the one that holds the records need not know the one that files them.
 */
@FunctionalInterface
public interface CaseRecords {

    /** The extracts that prove something in this case; empty when the feature has nothing to say about it. */
    List<Extract> of(Appeal appeal);

    /**
     * One table of records, filed as a CSV file and, where a signature and a seal belong on it, as a PDF beside it.
     *
     * @param item evidence item code the table settles, e.g. {@code CALL_LIST}; items the case does not ask for are left
     *     out
     * @param name file name without extension, e.g. {@code call-list}
     * @param columns headings, in the deployment's language
     * @param rows as many cells as there are columns; phone numbers of customers masked
     * @param printed the same table for the PDF; null for a table that is filed as CSV only
     */
    record Extract(
            String item,
            String name,
            List<String> columns,
            List<List<String>> rows,
            @Nullable Printed printed) {

        public Extract {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }

        public Extract(String item, String name, List<String> columns, List<List<String>> rows) {
            this(item, name, columns, rows, null);
        }
    }

    /**
     * A table as it is printed for the carrier, so in Chinese whatever the deployment speaks.
     *
     * @param from first day it covers
     * @param to last day it covers
     * @param total what the rows come to, in words
     */
    record Printed(LocalDate from, LocalDate to, String total, List<String> columns, List<List<String>> rows) {

        public Printed {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }
}
