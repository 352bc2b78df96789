package org.jiefeng;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The description of our API is put together when somebody asks for it, not at every start. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String LIBRARY = "org.springdoc.";

    @Bean
    static BeanFactoryPostProcessor apiDescriptionOnDemand() {
        return beans -> {
            for (String name : beans.getBeanDefinitionNames()) {
                BeanDefinition definition = beans.getBeanDefinition(name);
                if (isOfLibrary(definition.getFactoryBeanName()) || isOfLibrary(definition.getBeanClassName())) {
                    definition.setLazyInit(true);
                }
            }
        };
    }

    private static boolean isOfLibrary(@Nullable String name) {
        return name != null && name.startsWith(LIBRARY);
    }
}
