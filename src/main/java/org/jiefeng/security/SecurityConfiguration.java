package org.jiefeng.security;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.aop.Advisor;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.Pointcut;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.method.AuthorizationInterceptorsOrder;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;
import org.springframework.security.authorization.method.PreAuthorizeAuthorizationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.RequestCacheAwareFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** One login for Tasklist, Cockpit, Admin, our pages and our API; see {@code docs/decisions/} for the shape of it. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity(prePostEnabled = false)
class SecurityConfiguration {

    /** Nothing is loaded from elsewhere; styles may stand in attributes, scripts may not. */
    static final String CONTENT_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
            + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final RequestMatcher MACHINE_PATHS =
            new OrRequestMatcher(path("/engine-rest/**"), path("/api/**"), path("/v3/api-docs/**"));

    private static final RequestMatcher BASIC = request -> {
        String header = request.getHeader("Authorization");
        return header != null && header.strip().regionMatches(true, 0, "Basic", 0, 5);
    };

    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }

    /**
     * {@code @PreAuthorize}, looked for in our own classes only. Method security as it comes looks for four annotations on
     * every method of the engine's beans too, which costs a good part of the start.
     */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Advisor preAuthorize() {
        Pointcut declared = new ComposablePointcut((Pointcut) new AnnotationMatchingPointcut(PreAuthorize.class, true))
                .union((Pointcut) AnnotationMatchingPointcut.forMethodAnnotation(PreAuthorize.class))
                .intersection((ClassFilter) type -> type.getName().startsWith("org.jiefeng."));
        var interceptor =
                new AuthorizationManagerBeforeMethodInterceptor(declared, new PreAuthorizeAuthorizationManager());
        interceptor.setOrder(AuthorizationInterceptorsOrder.PRE_AUTHORIZE.getOrder());
        return interceptor;
    }

    /** The two callers that prove themselves by other means: carriers sign, the simulated carrier checks a key. */
    @Bean
    @Order(1)
    SecurityFilterChain signedCallers(HttpSecurity http) throws Exception {
        return headers(http)
                .securityMatcher(new OrRequestMatcher(
                        PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/api/carriers/*/events"),
                        path("/simulator/carrier/**")))
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /**
     * Diallers: service accounts only, and none of them needs the database to be known, because a check without database
     * must be answered with no, not with silence.
     */
    @Bean
    @Order(2)
    SecurityFilterChain diallers(HttpSecurity http, ServiceAccounts serviceAccounts, LoginRefusal refusal)
            throws Exception {
        return headers(http)
                .securityMatcher(path("/api/calls/**"))
                .authenticationProvider(serviceAccounts)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .httpBasic(basic -> basic.authenticationEntryPoint(refusal))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    /** People's tools and service accounts: HTTP Basic, no session, no CSRF token. */
    @Bean
    @Order(3)
    SecurityFilterChain basicCallers(
            HttpSecurity http,
            EngineLogin people,
            ServiceAccounts serviceAccounts,
            IdentityService identity,
            LoginRefusal refusal)
            throws Exception {
        return headers(http)
                .securityMatcher(new AndRequestMatcher(MACHINE_PATHS, BASIC))
                // Each knows its own names and leaves the other's alone.
                .authenticationProvider(serviceAccounts)
                .authenticationProvider(people)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .httpBasic(basic -> basic.authenticationEntryPoint(refusal))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                .authorizeHttpRequests(requests -> requests.requestMatchers(path("/engine-rest/**"))
                        .hasAnyAuthority(Groups.ALL.toArray(String[]::new))
                        .anyRequest()
                        .authenticated())
                .addFilterAfter(new EngineWriteFilter(), AuthorizationFilter.class)
                .addFilterAfter(engineIdentity(identity), EngineWriteFilter.class)
                .build();
    }

    /** The same paths in the browser's session; a change needs the token of {@code GET /api/csrf}. */
    @Bean
    @Order(4)
    SecurityFilterChain sessionCallers(
            HttpSecurity http, IdentityService identity, SecurityProperties properties, Clock clock) throws Exception {
        return headers(http)
                .securityMatcher(MACHINE_PATHS)
                .csrf(Customizer.withDefaults())
                .requestCache(AbstractHttpConfigurer::disable)
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                .authorizeHttpRequests(requests -> requests.requestMatchers(path("/engine-rest/**"))
                        .hasAnyAuthority(Groups.ALL.toArray(String[]::new))
                        .anyRequest()
                        .authenticated())
                .addFilterBefore(new SessionWatch(identity, properties, clock), RequestCacheAwareFilter.class)
                .addFilterAfter(new EngineWriteFilter(), AuthorizationFilter.class)
                .addFilterAfter(engineIdentity(identity), EngineWriteFilter.class)
                .build();
    }

    /** Pages, ours and Camunda's. */
    @Bean
    @Order(5)
    SecurityFilterChain pages(
            HttpSecurity http,
            EngineLogin people,
            KnownDevices devices,
            LoginRefusal refusal,
            IdentityService identity,
            SecurityProperties properties,
            Clock clock,
            ObjectProvider<OidcLogin.OidcDoor> oidc)
            throws Exception {
        HttpSessionRequestCache wanted = new HttpSessionRequestCache();
        wanted.setMatchingRequestParameterName(null);
        wanted.setRequestMatcher(new OrRequestMatcher(
                path("/camunda/app/*/*/"),
                path("/appeals/**"),
                path("/absence"),
                path("/anomalies"),
                path("/team"),
                path("/conduct"),
                path("/retention"),
                path("/tasks/*"),
                path("/notifications"),
                path("/calendar"),
                path("/decisions"),
                path("/courses/**"),
                path("/carrier/**"),
                path("/simulator")));
        AuthenticationSuccessHandler arrival = arrival(wanted, devices);
        OidcLogin.OidcDoor door = oidc.getIfAvailable();
        if (door != null) {
            door.open(http, refusal, arrival);
        }
        return headers(http)
                .authenticationProvider(people)
                // Camunda's own filter and token protect its paths.
                .csrf(csrf -> csrf.ignoringRequestMatchers(path("/camunda/**")))
                .formLogin(form -> form.loginPage("/login")
                        .authenticationDetailsSource(devices::client)
                        .successHandler(arrival)
                        .failureHandler(refusal)
                        .permitAll())
                .logout(logout -> logout.logoutSuccessUrl("/login?logout").permitAll())
                .requestCache(cache -> cache.requestCache(wanted))
                .exceptionHandling(errors -> errors.defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), path("/camunda/api/**"))
                        .defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint("/login"), AnyRequestMatcher.INSTANCE))
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                path("/error"),
                                // With whatever it has to say after the question mark.
                                path("/login"),
                                path("/css/**"),
                                path("/js/login.js"),
                                path("/favicon.ico"),
                                path("/actuator/**"))
                        .permitAll()
                        // A second way in would put a second identity into the same session.
                        .requestMatchers(
                                path("/camunda/api/admin/auth/user/*/login/**"), path("/camunda/api/admin/setup/**"))
                        .denyAll()
                        .requestMatchers(path("/camunda/api/**"))
                        .hasAnyAuthority(Groups.ALL.toArray(String[]::new))
                        .anyRequest()
                        .authenticated())
                .addFilterBefore(new SessionWatch(identity, properties, clock), RequestCacheAwareFilter.class)
                .addFilterAfter(new EngineWriteFilter(), AuthorizationFilter.class)
                .build();
    }

    /** To where somebody wanted to go, from a browser that is known from now on. */
    private static AuthenticationSuccessHandler arrival(RequestCache wanted, KnownDevices devices) {
        var arrival = new SavedRequestAwareAuthenticationSuccessHandler() {
            @Override
            public void onAuthenticationSuccess(
                    HttpServletRequest request, HttpServletResponse response, Authentication login)
                    throws ServletException, IOException {
                devices.remember(request, response, login.getName());
                super.onAuthenticationSuccess(request, response, login);
            }
        };
        arrival.setRequestCache(wanted);
        return arrival;
    }

    /** Before Camunda's own filters. */
    @Bean
    FilterRegistrationBean<ContentPolicyFilter> contentPolicy() {
        var registration = new FilterRegistrationBean<>(new ContentPolicyFilter());
        registration.setOrder(0);
        registration.addUrlPatterns("/camunda/app/admin/*", "/camunda/app/cockpit/*", "/camunda/app/welcome/*");
        return registration;
    }

    /** Made before the engine, which keeps people's passwords by it. */
    @Bean
    static SlowPasswordHash slowPasswordHash(SecurityProperties properties) {
        return new SlowPasswordHash(properties.passwordRounds());
    }

    private static HttpSecurity headers(HttpSecurity http) throws Exception {
        RequestMatcher staticFiles = new OrRequestMatcher(
                path("/camunda/lib/**"),
                path("/camunda/app/*/scripts/**"),
                path("/camunda/app/*/styles/**"),
                path("/camunda/app/*/assets/**"),
                path("/css/**"),
                path("/vendor/**"),
                path("/js/**"));
        return http.headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                .referrerPolicy(Customizer.withDefaults())
                // Spring's no-store on every path would make the browser load Tasklist's 4 MB anew each time.
                .cacheControl(cache -> cache.disable())
                .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        new NegatedRequestMatcher(staticFiles), new CacheControlHeadersWriter())));
    }

    /** Our API checks access itself and drives cases as the system; only the engine's interface acts as the person. */
    private static EngineIdentityFilter engineIdentity(IdentityService identity) {
        return new EngineIdentityFilter(identity) {
            @Override
            protected boolean shouldNotFilter(HttpServletRequest request) {
                return !request.getRequestURI().startsWith("/engine-rest");
            }
        };
    }

    /** The web apps take the login from Spring Security. */
    @Bean
    FilterRegistrationBean<ContainerBasedAuthenticationFilter> webappIdentity() {
        var registration = new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
        registration.setName("webapp-identity");
        registration.setOrder(10);
        registration.setAsyncSupported(true);
        registration.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        registration.setInitParameters(Map.of("authentication-provider", WebappIdentity.class.getName()));
        return registration;
    }

    /** "Sign out" in a web app ends the whole session. */
    @Bean
    FilterRegistrationBean<Filter> webappLogout() {
        var registration = new FilterRegistrationBean<Filter>((request, response, chain) -> {
            chain.doFilter(request, response);
            HttpServletRequest http = (HttpServletRequest) request;
            if ("POST".equals(http.getMethod())
                    && http.getRequestURI().endsWith("/logout")
                    && ((HttpServletResponse) response).getStatus() < 300) {
                HttpSession session = http.getSession(false);
                if (session != null) {
                    session.invalidate();
                }
                SecurityContextHolder.clearContext();
            }
        });
        registration.setName("webapp-logout");
        registration.setOrder(5);
        registration.addUrlPatterns("/camunda/api/admin/auth/user/*");
        return registration;
    }
}
