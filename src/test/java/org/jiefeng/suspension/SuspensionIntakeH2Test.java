package org.jiefeng.suspension;

import org.springframework.test.context.TestPropertySource;

@TestPropertySource(
        properties = "spring.datasource.url=jdbc:h2:mem:suspension-intake;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000")
class SuspensionIntakeH2Test extends SuspensionIntakeContract {}
