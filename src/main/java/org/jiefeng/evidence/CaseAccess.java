package org.jiefeng.evidence;

import org.jiefeng.account.Employees;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.NotFoundException;
import org.jiefeng.appeal.WaitingSteps;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Component;

/**
 * Who may see and change the evidence of a case: the applicant, and of the others only those who judge or carry it.
 *
 * <p>Everybody else gets the same answer as for a case that does not exist, so that numbers cannot be tried out.
 */
@Component
class CaseAccess {

    private final AppealService appeals;
    private final Employees employees;
    private final WaitingSteps waiting;

    CaseAccess(AppealService appeals, Employees employees, WaitingSteps waiting) {
        this.appeals = appeals;
        this.employees = employees;
        this.waiting = waiting;
    }

    /** @throws NotFoundException when there is no such case, or not for this person */
    Appeal readable(String number, Authentication user) {
        return appeals.find(number)
                .filter(appeal -> isApplicant(appeal, user)
                        || isIn("compliance", user)
                        || isIn("liaisons", user)
                        || leads(appeal, user))
                .orElseThrow(() -> new NotFoundException("No appeal " + number));
    }

    /** The case for its applicant, who alone brings and removes files and writes the application. */
    Appeal ofApplicant(String number, Authentication user) {
        Appeal appeal = readable(number, user);
        if (!isApplicant(appeal, user)) {
            throw new AccessDeniedException("Only the applicant may do this");
        }
        return appeal;
    }

    /** The case for somebody who may do without an item; never in one's own case. */
    Appeal waivable(String number, Authentication user) {
        Appeal appeal = readable(number, user);
        if (!mayWaive(appeal, user)) {
            throw new AccessDeniedException("Only a manager or compliance may do this, and not in their own case");
        }
        return appeal;
    }

    /** The case for somebody who may save its recordings: whoever is suspended must not choose what is kept. */
    Appeal rescuable(String number, Authentication user) {
        Appeal appeal = readable(number, user);
        if (isApplicant(appeal, user) || !leads(appeal, user)) {
            throw new AccessDeniedException("Only a manager may do this, and not in the own case");
        }
        return appeal;
    }

    boolean mayWaive(Appeal appeal, Authentication user) {
        return !isApplicant(appeal, user) && (isIn("compliance", user) || leads(appeal, user));
    }

    static boolean isApplicant(Appeal appeal, Authentication user) {
        return appeal.employeeId().equals(user.getName());
    }

    /** Head or deputy of the applicant's department, whoever stands in for one, and who has such a one's task still. */
    private boolean leads(Appeal appeal, Authentication user) {
        return isIn("managers", user)
                && (employees.ledBy(user.getName()).contains(appeal.employeeId())
                        || waiting.isInHandsOf(appeal.number(), user.getName()));
    }

    private static boolean isIn(String group, Authentication user) {
        return user.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .anyMatch(group::equals);
    }
}
