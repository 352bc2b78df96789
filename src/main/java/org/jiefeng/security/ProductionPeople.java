package org.jiefeng.security;

import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.EncryptionUtil;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Refuses to run in production while somebody of the demo, with the demo's password, is in the identity store. */
@Component
@Profile("production")
@Order(5)
class ProductionPeople implements ApplicationRunner {

    private final IdentityService identity;
    private final ProcessEngineConfigurationImpl configuration;

    ProductionPeople(IdentityService identity, ProcessEngine engine) {
        this.identity = identity;
        this.configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    }

    @Override
    public void run(ApplicationArguments arguments) {
        List<String> left = DemoPeople.ALL.stream()
                .map(DemoPeople.Person::id)
                .filter(this::hasDemoPassword)
                .toList();
        if (!left.isEmpty()) {
            throw new IllegalStateException(
                    "Not fit for production: these people still have the demo's password: " + left);
        }
    }

    /** Compares hashes itself, because a wrong guess through the identity service would lock the person out. */
    private boolean hasDemoPassword(String id) {
        return identity.createUserQuery().userId(id).list().stream()
                .map(UserEntity.class::cast)
                .anyMatch(user -> configuration
                        .getPasswordManager()
                        .check(
                                EncryptionUtil.saltPassword(DemoPeople.PASSWORD, user.getSalt()),
                                Objects.requireNonNullElse(user.getPassword(), "")));
    }
}
