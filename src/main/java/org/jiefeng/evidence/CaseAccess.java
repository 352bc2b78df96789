package org.jiefeng.evidence;

import java.util.Set;
import java.util.stream.Collectors;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.NotFoundException;
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

    private static final Set<String> READERS = Set.of("managers", "compliance", "liaisons");

    private static final Set<String> WAIVERS = Set.of("managers", "compliance");

    private final AppealService appeals;

    CaseAccess(AppealService appeals) {
        this.appeals = appeals;
    }

    /** @throws NotFoundException when there is no such case, or not for this person */
    Appeal readable(String number, Authentication user) {
        return appeals.find(number)
                .filter(appeal -> isApplicant(appeal, user) || isIn(READERS, user))
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
        if (isApplicant(appeal, user) || !isIn(WAIVERS, user)) {
            throw new AccessDeniedException("Only a manager or compliance may do this, and not in their own case");
        }
        return appeal;
    }

    static boolean isApplicant(Appeal appeal, Authentication user) {
        return appeal.employeeId().equals(user.getName());
    }

    private static boolean isIn(Set<String> groups, Authentication user) {
        Set<String> own = user.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return groups.stream().anyMatch(own::contains);
    }
}
