package org.jiefeng.security;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.jiefeng.account.People;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The engine's identity store: administrators keep it in Admin, or it is the company's directory by a plugin. */
@Component
class EnginePeople implements People {

    private final IdentityService identity;

    /** @param identity lazy, because listeners ask for people and are made while the engine is still being built */
    EnginePeople(@Lazy IdentityService identity) {
        this.identity = identity;
    }

    @Override
    public Optional<String> mailAddress(String userId) {
        return Optional.ofNullable(identity.createUserQuery().userId(userId).singleResult())
                .map(User::getEmail)
                .map(String::strip)
                .filter(address -> !address.isEmpty());
    }

    @Override
    public Optional<String> name(String userId) {
        return Optional.ofNullable(identity.createUserQuery().userId(userId).singleResult())
                .map(user -> Stream.of(user.getFirstName(), user.getLastName())
                        .filter(name -> name != null && !name.isBlank())
                        .collect(Collectors.joining(" ")))
                .map(name -> name.isEmpty() ? userId : name);
    }

    @Override
    public Set<String> groups(String userId) {
        return identity.createGroupQuery().groupMember(userId).list().stream()
                .map(Group::getId)
                .collect(Collectors.toSet());
    }

    @Override
    public List<String> members(String groupId) {
        return identity.createUserQuery().memberOfGroup(groupId).orderByUserId().asc().list().stream()
                .map(User::getId)
                .toList();
    }
}
