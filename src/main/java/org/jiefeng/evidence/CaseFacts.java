package org.jiefeng.evidence;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jiefeng.account.Account;
import org.jiefeng.account.Accounts;
import org.jiefeng.account.Employee;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What every printed page says of a case: whose, which account, which carrier. */
@Component
class CaseFacts {

    private static final String UNKNOWN = "—";

    private final AppealService appeals;
    private final Accounts accounts;
    private final Employees employees;
    private final MessageSource messages;

    CaseFacts(AppealService appeals, Accounts accounts, Employees employees, MessageSource messages) {
        this.appeals = appeals;
        this.accounts = accounts;
        this.employees = employees;
        this.messages = messages;
    }

    /** In Chinese, under the names the templates use; the number of the account is masked. */
    Map<String, Object> of(String appealNumber) {
        Appeal appeal = appeals.get(appealNumber);
        Optional<Account> account = accounts.find(appeal.accountId());
        return Map.of(
                "number",
                appealNumber,
                "carrier",
                account.map(this::carrier).orElse(UNKNOWN),
                "account",
                account.map(Account::mobileMask).orElse(UNKNOWN),
                "employee",
                employees.find(appeal.employeeId()).map(Employee::name).orElse(appeal.employeeId()));
    }

    private String carrier(Account account) {
        String code = account.carrier().name();
        return String.valueOf(messages.getMessage("carrier." + code, null, code, Locale.SIMPLIFIED_CHINESE));
    }
}
