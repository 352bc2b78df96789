package org.jiefeng.security;

import java.util.List;
import java.util.stream.Stream;

/** Task queries, as JSON, whose expressions want to be evaluated: every expression field, several payloads and hiding places. */
final class HostileQueries {

    static final List<String> FIELDS = List.of(
            "processInstanceBusinessKeyExpression",
            "processInstanceBusinessKeyLikeExpression",
            "assigneeExpression",
            "assigneeLikeExpression",
            "candidateGroupExpression",
            "candidateGroupsExpression",
            "candidateUserExpression",
            "involvedUserExpression",
            "ownerExpression",
            "dueAfterExpression",
            "dueBeforeExpression",
            "dueDateExpression",
            "followUpAfterExpression",
            "followUpBeforeExpression",
            "followUpBeforeOrNotExistentExpression",
            "followUpDateExpression",
            "createdAfterExpression",
            "createdBeforeExpression",
            "createdOnExpression",
            "updatedAfterExpression");

    static final List<String> PAYLOADS = List.of(
            "${canary.hit()}",
            "#{canary.hit()}",
            "${''.getClass().forName('org.jiefeng.security.Canary').newInstance()}",
            "${currentUser()}${canary.hit()}",
            "${empty canary.hit() ? currentUser() : now()}");

    private static final List<String> HIDING_PLACES = List.of(
            "{\"orQueries\":[{\"%s\":\"%s\"}]}",
            "{\"orQueries\":[{\"name\":\"x\"},{\"%s\":\"%s\"}]}",
            "{\"name\":\"x\",\"orQueries\":[{\"name\":\"x\",\"assignee\":\"x\",\"%s\":\"%s\"}]}");

    private static final String IN_THE_OPEN = "{\"%s\":\"%s\"}";

    private HostileQueries() {}

    /** Those the engine's own check does not see: 20 fields, 5 payloads, 3 places. */
    static List<String> hidden() {
        return of(HIDING_PLACES);
    }

    static List<String> all() {
        return Stream.concat(hidden().stream(), of(List.of(IN_THE_OPEN)).stream())
                .toList();
    }

    private static List<String> of(List<String> places) {
        return places.stream()
                .flatMap(place -> FIELDS.stream()
                        .flatMap(field -> PAYLOADS.stream().map(payload -> place.formatted(field, payload))))
                .toList();
    }
}
