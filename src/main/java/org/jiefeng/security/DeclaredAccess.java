package org.jiefeng.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.FixedLocaleResolver;

/**
 * What holds for every endpoint of ours: a program gets in only where {@code @PreAuthorize} names its scope, and the
 * language is the deployment's, not the caller's.
 */
@Configuration(proxyBeanMethods = false)
class DeclaredAccess implements WebMvcConfigurer, HandlerInterceptor {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    /** An endpoint without a declaration was written with people in mind; their groups and cases are checked inside. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && isProgram(SecurityContextHolder.getContext().getAuthentication())
                && !AnnotatedElementUtils.hasAnnotation(method.getMethod(), PreAuthorize.class)
                && !AnnotatedElementUtils.hasAnnotation(method.getBeanType(), PreAuthorize.class)) {
            throw new AccessDeniedException("No scope is declared for this endpoint");
        }
        return true;
    }

    static boolean isProgram(@Nullable Authentication caller) {
        return caller != null
                && caller.getAuthorities().stream()
                        .anyMatch(authority -> authority.getAuthority().startsWith("SCOPE_"));
    }

    @Bean
    LocaleResolver localeResolver(Locale deploymentLocale) {
        return new FixedLocaleResolver(deploymentLocale);
    }
}
