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
    CERTIFICATE_ENDS;

    /** Where on our pages one reads on. */
    String page(String number) {
        return this == CERTIFICATE_ENDS ? "/training" : "/appeals/" + number;
    }
}
