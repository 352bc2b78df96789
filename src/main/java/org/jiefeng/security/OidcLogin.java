package org.jiefeng.security;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.boot.autoconfigure.security.oauth2.client.ConditionalOnOAuth2ClientRegistrationProperties;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientProperties;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientPropertiesMapper;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/** Login by OpenID Connect, there when {@code spring.security.oauth2.client.registration} names a provider. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnOAuth2ClientRegistrationProperties
@EnableConfigurationProperties(OAuth2ClientProperties.class)
class OidcLogin {

    /** The provider is asked for its addresses when somebody comes: it may be down while this starts. */
    @Bean
    ClientRegistrationRepository oidcProviders(OAuth2ClientProperties properties) {
        return new SupplierClientRegistrationRepository(() -> new InMemoryClientRegistrationRepository(
                new OAuth2ClientPropertiesMapper(properties).asClientRegistrations()));
    }

    @Bean
    OidcDoor oidcDoor(OAuth2ClientProperties properties, IdentityService identity, SecurityProperties settings) {
        List<Provider> providers = properties.getRegistration().entrySet().stream()
                .map(entry -> new Provider(
                        "/oauth2/authorization/" + entry.getKey(),
                        entry.getValue().getClientName() == null
                                ? entry.getKey()
                                : entry.getValue().getClientName()))
                .toList();
        return new OidcDoor(providers, new OidcPeople(identity, settings));
    }

    /** What the login page links to. */
    record Provider(String path, String name) {}

    /** The way in, and where it is on the login page. */
    record OidcDoor(List<Provider> providers, OidcPeople people) {

        void open(HttpSecurity http, LoginRefusal refusal, AuthenticationSuccessHandler arrival) throws Exception {
            http.oauth2Login(login -> login.loginPage("/login")
                    .successHandler(arrival)
                    .failureHandler(refusal)
                    .userInfoEndpoint(info -> info.oidcUserService(people).userService(request -> {
                        // Plain OAuth 2 says what may be done, not who it is.
                        throw new OAuth2AuthenticationException("openid_required");
                    })));
        }
    }
}
