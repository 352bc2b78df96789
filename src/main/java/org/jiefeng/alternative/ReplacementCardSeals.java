package org.jiefeng.alternative;

import org.jiefeng.account.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where this room keeps sealed numbers. */
@Configuration(proxyBeanMethods = false)
class ReplacementCardSeals {

    @Bean
    SealedColumn replacementMobile() {
        return new SealedColumn("replacement_card", "mobile_sealed");
    }

    @Bean
    SealedColumn replacementIccid() {
        return new SealedColumn("replacement_card", "iccid_sealed");
    }
}
