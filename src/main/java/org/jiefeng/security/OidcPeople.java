package org.jiefeng.security;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Whom the company's OpenID provider vouches for is the person of that id in the engine's identity store, and nobody else:
 * tasks, rights and cases hang on that id.
 *
 * <p>Where groups are mapped, membership of those groups follows the provider at each login, and whoever is in one of them
 * is entered when they come for the first time. Otherwise administrators keep people in Admin, and strangers are refused.
 */
class OidcPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {

    /** As in the engine's own list of allowed ids ({@link EngineHardening}). */
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}");

    private final OidcUserService provider = new OidcUserService();
    private final IdentityService identity;
    private final SecurityProperties.Directory directory;
    private final Set<String> programs;

    OidcPeople(IdentityService identity, SecurityProperties properties) {
        this.identity = identity;
        this.directory = properties.directory();
        this.programs = properties.serviceAccounts().stream()
                .map(SecurityProperties.ServiceAccount::name)
                .collect(Collectors.toSet());
        for (String group : directory.groups().values()) {
            if (!Groups.ALL.contains(group)) {
                throw new IllegalStateException("jiefeng.security.directory.groups: there is no group " + group);
            }
        }
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) throws OAuth2AuthenticationException {
        OidcUser told = provider.loadUser(request);
        String id = told.getName();
        if (!ID.matcher(id).matches() || programs.contains(id)) {
            throw refusal("This is no id of a person");
        }
        Set<String> toldGroups = groupsOf(told);
        if (identity.createUserQuery().userId(id).count() == 0) {
            if (toldGroups.isEmpty()) {
                throw refusal("Nobody of that id is known here");
            }
            enter(id, told);
        }
        follow(id, toldGroups);
        List<SimpleGrantedAuthority> groups = EngineLogin.groups(identity, id);
        String nameClaim = request.getClientRegistration()
                .getProviderDetails()
                .getUserInfoEndpoint()
                .getUserNameAttributeName();
        return new DefaultOidcUser(groups, told.getIdToken(), told.getUserInfo(), nameClaim);
    }

    private static OAuth2AuthenticationException refusal(String reason) {
        return new OAuth2AuthenticationException(new OAuth2Error("access_denied", reason, null), reason);
    }

    /** Those of ours that the provider's names stand for. */
    private Set<String> groupsOf(OidcUser told) {
        return told.getClaim(directory.groupsClaim()) instanceof Collection<?> names
                ? names.stream()
                        .map(name -> directory.groups().get(String.valueOf(name)))
                        .filter(group -> group != null)
                        .collect(Collectors.toCollection(HashSet::new))
                : Set.of();
    }

    /** Without a password: this person comes by the provider only. */
    private void enter(String id, OidcUser told) {
        User person = identity.newUser(id);
        person.setFirstName(told.getGivenName() == null ? id : told.getGivenName());
        person.setLastName(told.getFamilyName());
        person.setEmail(told.getEmail());
        identity.saveUser(person);
    }

    private void follow(String id, Set<String> wanted) {
        Set<String> present = EngineLogin.groups(identity, id).stream()
                .map(SimpleGrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        for (String group : new HashSet<>(directory.groups().values())) {
            if (wanted.contains(group) && !present.contains(group)) {
                identity.createMembership(id, group);
            } else if (!wanted.contains(group) && present.contains(group) && !isLastAdministrator(group)) {
                identity.deleteMembership(id, group);
            }
        }
    }

    /** Without any, nobody could let anybody in again. */
    private boolean isLastAdministrator(String group) {
        return group.equals(Groups.ADMINISTRATORS)
                && identity.createUserQuery().memberOfGroup(group).count() == 1;
    }
}
