package org.jiefeng.security;

import org.camunda.bpm.engine.IdentityService;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Refuses to run without a direct member of the administrators' group, the state CVE-2026-77226 lives on. */
@Component
@Order(30)
class AdministratorGuard implements ApplicationRunner {

    private final IdentityService identity;

    AdministratorGuard(IdentityService identity) {
        this.identity = identity;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (identity.createUserQuery().memberOfGroup(Groups.ADMINISTRATORS).count() == 0) {
            throw new IllegalStateException("Group " + Groups.ADMINISTRATORS
                    + " has no member. Name the first one: jiefeng.security.first-admin.id and .password");
        }
    }
}
