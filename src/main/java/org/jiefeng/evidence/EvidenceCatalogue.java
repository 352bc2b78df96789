package org.jiefeng.evidence;

import java.util.List;
import java.util.Optional;
import org.jiefeng.evidence.EvidenceItemType.How;
import org.jiefeng.evidence.EvidenceItemType.Retention;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What may be asked for as evidence, in the deployment's language. */
@Component
class EvidenceCatalogue {

    private final JdbcClient jdbc;
    private final EvidenceTexts texts;

    EvidenceCatalogue(JdbcClient jdbc, EvidenceTexts texts) {
        this.jdbc = jdbc;
        this.texts = texts;
    }

    /** Every kind of item, in the order people see them. */
    List<EvidenceItemType> all() {
        String language = texts.isChinese() ? "zh" : "en";
        return jdbc.sql("select * from evidence_item_type order by position, code")
                .query((row, n) -> new EvidenceItemType(
                        row.getString("code"),
                        How.valueOf(row.getString("how")),
                        row.getBoolean("empty_settles"),
                        names(row.getString("sheet_names")).stream()
                                .filter(name -> !name.endsWith("?"))
                                .toList(),
                        names(row.getString("sheet_names")).stream()
                                .map(name -> name.replace("?", ""))
                                .toList(),
                        Retention.valueOf(row.getString("retention")),
                        row.getString("name_" + language),
                        row.getString("name_zh"),
                        row.getString("hint_" + language)))
                .list();
    }

    Optional<EvidenceItemType> find(String code) {
        return all().stream().filter(type -> type.code().equals(code)).findFirst();
    }

    private static List<String> names(@Nullable String joined) {
        return joined == null || joined.isEmpty() ? List.of() : List.of(joined.split(","));
    }
}
