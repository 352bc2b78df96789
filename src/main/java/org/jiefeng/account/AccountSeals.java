package org.jiefeng.account;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where this room keeps sealed numbers. */
@Configuration(proxyBeanMethods = false)
class AccountSeals {

    @Bean
    SealedColumn employeeIdNumber() {
        return new SealedColumn("employee", "id_number_sealed");
    }

    @Bean
    SealedColumn cardMobile() {
        return new SealedColumn("card", "mobile_sealed");
    }

    @Bean
    SealedColumn cardIccid() {
        return new SealedColumn("card", "iccid_sealed");
    }
}
