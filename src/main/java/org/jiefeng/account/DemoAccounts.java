package org.jiefeng.account;

import java.util.List;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Departments, people and cards of the demo; ID numbers are synthetic (sequence 000, domain.md §4). */
@Component
@Profile("demo")
@Order(40)
class DemoAccounts implements ApplicationRunner {

    private record Card(String employee, Carrier carrier, String mobile, String iccid) {}

    private static final List<Card> CARDS = List.of(
            new Card("employee", Carrier.CHINA_MOBILE, "13800000001", "89860012345678901238"),
            new Card("employee", Carrier.CHINA_TELECOM, "13300000002", "89860312345678900021"),
            new Card("employee", Carrier.CHINA_UNICOM, "13000000003", "89860112345678900031"),
            new Card("employee", Carrier.MVNO, "17000000004", "89860012345678900040"),
            new Card("employee", Carrier.CHINA_BROADNET, "19200000005", "89861512345678900050"),
            new Card("employee2", Carrier.CHINA_MOBILE, "13900000006", "89860012345678900065"),
            new Card("employee2", Carrier.CHINA_TELECOM, "18900000007", "89860312345678900070"),
            new Card("employee2", Carrier.CHINA_UNICOM, "18600000008", "89860112345678900080"),
            new Card("employee2", Carrier.MVNO, "17100000009", "89860012345678900099"),
            new Card("employee2", Carrier.CHINA_MOBILE, "15000000010", "89860012345678900107"));

    private final Employees employees;
    private final Accounts accounts;

    DemoAccounts(Employees employees, Accounts accounts) {
        this.employees = employees;
        this.accounts = accounts;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        if (employees.find("employee").isPresent()) {
            return;
        }
        employees.addDepartment("sales-1", "Telesales 1 电销一部", "manager", "deputy");
        employees.addDepartment("sales-management", "Sales management 销售管理部", "compliance", "deputy");
        employees.callsWith("sales-1", "CLOUD_DIALLER");
        employees.callsWith("sales-management", "HOUSE_PBX");
        employees.add("employee", "Li Na 李娜", "sales-1", "110101199001010007");
        employees.add("employee2", "Wang Qiang 王强", "sales-1", "440305199602290000");
        employees.add("manager", "Zhang Min 张敏", "sales-management", "310115198512310002");
        CARDS.forEach(card -> accounts.open(card.employee(), card.carrier(), card.mobile(), card.iccid()));
    }
}
