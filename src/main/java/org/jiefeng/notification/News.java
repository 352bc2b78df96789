package org.jiefeng.notification;

/** What people are told of; the names are inputs of decision {@code notification-texts}. */
enum News {
    NEW_TASK,
    DUE_SOON,
    OVERDUE,
    DECISION_ARRIVED,
    SUPPLEMENT_ASKED,
    ANSWER_NEARLY_DUE,
    FAULT_SETTLED,
    REOPENING_DECIDED,
    CERTIFICATE_ENDS,
    RECOGNISED;

    /** Where on our pages one reads on. */
    String page(String number) {
        return switch (this) {
            case CERTIFICATE_ENDS -> "/training";
            case RECOGNISED -> "/conduct";
            default -> "/appeals/" + number;
        };
    }
}
