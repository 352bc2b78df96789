package org.jiefeng.report;

import java.util.Optional;
import org.jiefeng.account.Employees;
import org.jiefeng.appeal.Timeline;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who judges a report, who is asked when that person does not, and what the timeline says about it (R53, R54). */
@Service
class Judges {

    private final Employees employees;
    private final Timeline timeline;

    Judges(Employees employees, Timeline timeline) {
        this.employees = employees;
        this.timeline = timeline;
    }

    String responsibleFor(String employeeId) {
        return employees.responsibleManager(employeeId);
    }

    @Transactional
    public void remind(String appealNumber, String managerId) {
        timeline.record(appealNumber, "system", "MANAGER_REMINDED", managerId);
    }

    /** The one who takes over, if there is one. */
    @Transactional
    public Optional<String> escalate(String appealNumber, String employeeId, String managerId) {
        Optional<String> standIn = employees.standIn(employeeId, managerId);
        standIn.ifPresentOrElse(
                deputy -> timeline.record(appealNumber, "system", "JUDGEMENT_ESCALATED", deputy),
                () -> remind(appealNumber, managerId));
        return standIn;
    }
}
