package org.jiefeng.carrier;

import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.NotFoundException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Who may write down what a carrier said: liaisons and compliance, and nobody in the own case. */
@Component
class CarrierAccess {

    static final String DESK = "hasAnyAuthority('liaisons', 'compliance')";

    private final AppealService appeals;

    CarrierAccess(AppealService appeals) {
        this.appeals = appeals;
    }

    /** @throws NotFoundException when there is no such case */
    Appeal readable(String number) {
        return appeals.get(number);
    }

    Appeal writable(String number, Authentication user) {
        Appeal appeal = readable(number);
        if (appeal.employeeId().equals(user.getName())) {
            throw new AccessDeniedException("Nobody decides the own case");
        }
        return appeal;
    }
}
